//! Event streams (`text/event-stream`), fed in chunks that may end anywhere.
//!
//! Read as the HTML standard does, but for one thing: what stands after the last empty line is given too when the
//! stream ends, since services end without one.

use crate::text::{holds, split, within};

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Its type; `message` where none was given.
    pub event: String,
    /// Its data, lines joined by line feeds.
    pub data: String,
    /// The last id that was given, in this event or before.
    pub id: String,
    /// How long to wait before a new connection, in milliseconds as last given; empty where it never was.
    pub retry: String,
}

/// A stream, as far as it was read.
#[derive(Debug, Default)]
pub struct Events {
    started: bool,
    after_cr: bool,
    line: Vec<u8>,
    /// What was read of the next event.
    next: Block,
    /// What is whole, as it came; `taken` of them were handed out.
    ready: Vec<Block>,
    taken: usize,
    /// The event that was handed out last.
    last: Event,
}

/// The fields of one event, where it has them: an id that lasts for many events is kept once.
#[derive(Debug, Default)]
struct Block {
    event: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<String>,
}

impl Block {
    const fn new() -> Self {
        Self {
            event: String::new(),
            data: None,
            id: None,
            retry: None,
        }
    }
}

impl Events {
    /// One of which nothing was read.
    pub const fn new() -> Self {
        Self {
            started: false,
            after_cr: false,
            line: Vec::new(),
            next: Block::new(),
            ready: Vec::new(),
            taken: 0,
            last: Event {
                event: String::new(),
                data: String::new(),
                id: String::new(),
                retry: String::new(),
            },
        }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, chunk: &[u8]) {
        for part in chunk.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
            let (line, end) = match part {
                [line @ .., end @ (b'\n' | b'\r')] => (line, Some(*end)),
                line => (line, None),
            };
            if !line.is_empty() {
                self.after_cr = false;
                self.line.extend_from_slice(line);
            }
            if let Some(end) = end {
                // A line ends with CR, LF, or both.
                let second_half = end == b'\n' && self.after_cr;
                self.after_cr = end == b'\r';
                if !second_half {
                    self.end_line();
                }
            }
        }
    }

    /// Takes what stands after the last empty line.
    pub fn end(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
        self.dispatch();
    }

    /// The next event that is whole.
    pub fn take(&mut self) -> Option<&Event> {
        let Some(block) = self.ready.get_mut(self.taken) else {
            self.ready.clear();
            self.taken = 0;
            return None;
        };
        self.taken += 1;
        let block = core::mem::take(block);
        let last = &mut self.last;
        last.event = block.event;
        if last.event.is_empty() {
            last.event.push_str("message");
        }
        last.data = block.data.unwrap_or_default();
        if let Some(id) = block.id {
            last.id = id;
        }
        if let Some(retry) = block.retry {
            last.retry = retry;
        }
        Some(last)
    }

    /// How many bytes wait for the end of their event.
    pub fn pending(&self) -> usize {
        let data = self.next.data.as_ref().map_or(0, String::len);
        self.line.len() + self.next.event.len() + data
    }

    fn end_line(&mut self) {
        let text = lossy(&self.line);
        self.line.clear();
        let mut line = &*text;
        if !core::mem::replace(&mut self.started, true) {
            line = line.strip_prefix("\u{feff}").unwrap_or(line);
        }
        let mut parts = split(line, b':');
        let name = parts.next().unwrap_or_default();
        let value = parts.rest().unwrap_or_default();
        let value = value.strip_prefix(" ").unwrap_or(value);
        match name {
            "" if line.is_empty() => self.dispatch(),
            "data" => match &mut self.next.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                data => *data = Some(value.into()),
            },
            "event" => self.next.event = value.into(),
            "id" if !holds(value, 0) => self.next.id = Some(value.into()),
            "retry" if !value.is_empty() && within(value, b"09") => {
                self.next.retry = Some(value.into());
            }
            // A comment begins with a colon; a field of another name means nothing.
            _ => {}
        }
    }

    /// An event without data is none, but its id and its wait last.
    fn dispatch(&mut self) {
        if self.next.data.is_some() {
            self.ready.push(core::mem::take(&mut self.next));
        } else {
            self.next.event.clear();
        }
    }
}

/// The text of bytes; what is not UTF-8 becomes U+FFFD, as `String::from_utf8_lossy` does in more code.
fn lossy(mut bytes: &[u8]) -> String {
    let mut text = String::new();
    loop {
        let Err(error) = core::str::from_utf8(bytes).map(|rest| text.push_str(rest)) else {
            return text;
        };
        let (right, wrong) = bytes.split_at(error.valid_up_to());
        text.push_str(core::str::from_utf8(right).unwrap_or_default());
        text.push('\u{fffd}');
        // What the end cuts off has no length.
        let length = error.error_len().unwrap_or(wrong.len());
        bytes = wrong.get(length..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Events, lossy};
    use proptest::prelude::*;

    fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
        let mut events = Events::default();
        for chunk in chunks {
            events.push(chunk);
        }
        events.end();
        std::iter::from_fn(|| events.take().cloned()).collect()
    }

    fn check(text: &str, expected: &[(&str, &str, &str, &str)]) {
        let found = read([text.as_bytes()]);
        let found: Vec<_> = found
            .iter()
            .map(|e| (&*e.event, &*e.data, &*e.id, &*e.retry))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn fields_make_events() {
        check("", &[]);
        check("\n\n", &[]);
        check(
            "data: a\n\ndata:b\n\n",
            &[("message", "a", "", ""), ("message", "b", "", "")],
        );
        check(
            "data: a\ndata\ndata:  b\n\n",
            &[("message", "a\n\n b", "", "")],
        );
        check(
            "id: 1\nevent: add\nretry: 30\ndata: x\n\ndata: y\n\n",
            &[("add", "x", "1", "30"), ("message", "y", "1", "30")],
        );
        check(
            ": comment\nother: x\nevent: none\n\ndata: z\n\n",
            &[("message", "z", "", "")],
        );
        check("retry: 1x\nid: a\0b\ndata:\n\n", &[("message", "", "", "")]);
    }

    #[test]
    fn id_and_retry_last_also_from_blocks_without_data() {
        check(
            "id: 7\nretry: 5\n\ndata: a\n\n",
            &[("message", "a", "7", "5")],
        );
    }

    #[test]
    fn lines_end_in_three_ways_and_the_last_event_is_kept() {
        check(
            "data: a\r\n\r\ndata: b\r\rdata: c",
            &[
                ("message", "a", "", ""),
                ("message", "b", "", ""),
                ("message", "c", "", ""),
            ],
        );
        check("\u{feff}data: a\n\n", &[("message", "a", "", "")]);
    }

    #[test]
    fn what_waits_is_counted() {
        let mut events = Events::default();
        events.push(b"data: abc\ndata: d");
        assert_eq!(events.pending(), 10);
        events.push(b"\n\n");
        assert_eq!(events.pending(), 0);
    }

    proptest! {
        #[test]
        fn chunks_may_end_anywhere(
            text in "((data|id|event|retry|:|x)(: ?)?[a-zé😀0-9]{0,3}(\r|\n|\r\n)?(\r|\n|\r\n)?){0,12}",
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let bytes = text.as_bytes();
            let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            ends.sort_unstable();
            ends.push(bytes.len());
            let mut start = 0;
            let chunks = ends.iter().map(|&end| {
                let chunk = &bytes[start..end];
                start = end;
                chunk
            });
            prop_assert_eq!(read(chunks.collect::<Vec<_>>()), read([bytes]));
        }

        #[test]
        fn it_is_as_lossy_as_the_standard_library(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0xe0..0xf5u8, 0x80..0xc0u8], 0..12)) {
            prop_assert_eq!(lossy(&bytes), String::from_utf8_lossy(&bytes));
        }

        #[test]
        fn any_bytes_are_answered(bytes in any::<Vec<u8>>()) {
            let _ = read([&bytes[..]]);
        }
    }
}
