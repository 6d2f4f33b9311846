//! The members of a head that one rule describes each: what may stand in it, and the header that carries it.

use super::Head;

/// The rule of one member.
pub(super) struct Member {
    /// Its name for the caller.
    pub path: &'static str,
    /// The header that carries it; empty where none does.
    pub header: &'static str,
    pub value: for<'a> fn(&'a Head<'a>) -> &'a str,
    /// Whether it must be given.
    pub required: bool,
    /// As `text::within` reads it.
    pub within: &'static [u8],
    /// What it must be.
    pub message: &'static str,
}

/// In the order in which headers are sent.
pub(super) static MEMBERS: [Member; 10] = [
    header("contentType", "Content-Type", true, |head| {
        head.content_type
    }),
    header("action", "X-TC-Action", true, |head| head.action),
    header("version", "X-TC-Version", true, |head| head.version),
    header("region", "X-TC-Region", false, |head| head.region),
    header("credential.token", "X-TC-Token", false, |head| head.token),
    // These two have checks of their own.
    Member {
        within: ANY,
        ..header("language", "X-TC-Language", false, |head| head.language)
    },
    Member {
        within: ANY,
        ..header("requestClient", "X-TC-RequestClient", false, |head| {
            head.request_client
        })
    },
    header("traceId", "X-TC-TraceId", false, |head| head.trace_id),
    host("host", |head| head.host),
    host("sentHost", |head| head.sent_host),
];

/// What a header's value may hold, as `text::within` reads it.
pub(super) const PRINTABLE: &[u8] = b" ~";
pub(super) const NOT_PRINTABLE: &str =
    "a header holds printable ASCII characters only, without line breaks; encode the value first";

const ANY: &[u8] = b"\0\xff";

const fn header(
    path: &'static str,
    header: &'static str,
    required: bool,
    value: for<'a> fn(&'a Head<'a>) -> &'a str,
) -> Member {
    Member {
        path,
        header,
        value,
        required,
        within: PRINTABLE,
        message: NOT_PRINTABLE,
    }
}

const fn host(path: &'static str, value: for<'a> fn(&'a Head<'a>) -> &'a str) -> Member {
    Member {
        within: b"az09-.::[[]]__",
        message: "must be a host name with an optional port, such as `iotvideo.tencentcloudapi.com`",
        ..header(path, "", false, value)
    }
}
