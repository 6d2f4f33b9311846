//! The rule of each member that one line describes: what may stand in it, and the header that carries it.

use super::head::Member;

/// The rule of one member.
pub(super) struct Rule {
    pub member: Member,
    /// Its name for the caller.
    pub path: &'static str,
    /// The header that carries it; empty where none does.
    pub header: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// As `text::within` reads it.
    pub within: &'static [u8],
    /// What it must be.
    pub message: &'static str,
}

/// In the order in which headers are sent.
pub(super) static RULES: [Rule; 10] = [
    header(Member::ContentType, "contentType", "Content-Type").required(),
    header(Member::Action, "action", "X-TC-Action").required(),
    header(Member::Version, "version", "X-TC-Version").required(),
    header(Member::Region, "region", "X-TC-Region"),
    header(Member::Token, "credential.token", "X-TC-Token"),
    // These two have checks of their own.
    header(Member::Language, "language", "X-TC-Language").within(ANY, ""),
    header(Member::RequestClient, "requestClient", "X-TC-RequestClient").within(ANY, ""),
    header(Member::TraceId, "traceId", "X-TC-TraceId"),
    header(Member::Host, "host", "").within(HOST, NO_HOST),
    header(Member::SentHost, "sentHost", "").within(HOST, NO_HOST),
];

/// What a header's value may hold, as `text::within` reads it.
pub(super) const PRINTABLE: &[u8] = b" ~";
pub(super) const NOT_PRINTABLE: &str =
    "a header holds printable ASCII characters only, without line breaks; encode the value first";

const ANY: &[u8] = b"\0\xff";
const HOST: &[u8] = b"az09-.::[[]]__";
const NO_HOST: &str =
    "must be a host name with an optional port, such as `iotvideo.tencentcloudapi.com`";

const fn header(member: Member, path: &'static str, header: &'static str) -> Rule {
    Rule {
        member,
        path,
        header,
        required: false,
        within: PRINTABLE,
        message: NOT_PRINTABLE,
    }
}

impl Rule {
    const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    const fn within(self, within: &'static [u8], message: &'static str) -> Self {
        Self {
            within,
            message,
            ..self
        }
    }
}
