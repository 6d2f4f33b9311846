//! Event streams: where the chunks end makes no difference.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tc3_edge::response::{Event, Events};

fuzz_target!(|input: (Vec<u8>, u8)| {
    let (bytes, size) = input;
    let whole = read([&bytes[..]]);
    assert_eq!(read(bytes.chunks(usize::from(size).max(1))), whole);
    assert_eq!(read(bytes.chunks(1)), whole);
});

fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
    let mut events = Events::default();
    for chunk in chunks {
        events.push(chunk);
    }
    events.end();
    std::iter::from_fn(|| events.take().cloned()).collect()
}
