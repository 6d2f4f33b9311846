//! The members of one request beside its payload and its credential.

use core::ops::{Index, IndexMut};

/// A member that is a text; an empty one is absent. The order is that in which js/head.ts writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// X-TC-Token of temporary credentials.
    Token,
    /// `POST` or `GET`.
    Method,
    /// The service's short name, from which a host is made where none is given.
    Service,
    /// `https`, or `http` for a loopback host.
    Scheme,
    /// Which of the service's own hosts.
    Endpoint,
    /// Host, with its port where that is not the scheme's own; as the platform's URL parser writes it.
    Host,
    /// Where to send instead of the host that is signed.
    SentHost,
    /// X-TC-Action.
    Action,
    /// X-TC-Version.
    Version,
    /// X-TC-Region.
    Region,
    /// Content-Type.
    ContentType,
    /// X-TC-Language.
    Language,
    /// X-TC-RequestClient.
    RequestClient,
    /// X-TC-TraceId.
    TraceId,
    /// An encoded query for a GET, sent as it is; where it is absent, the query is made from parameters.
    Query,
}

/// As the caller gave them: texts in one list, since a field for each takes code for each.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// What [`Member`] names; `head[Member::Action]`.
    pub texts: [&'a str; Member::Query as usize + 1],
    /// Whether `http` may go to any host.
    pub insecure_http: bool,
    /// Whether the body is left out of the signature.
    pub unsigned_payload: bool,
    /// The caller's own headers.
    pub extra: Vec<(&'a str, &'a str)>,
    /// Seconds since 1970, as JavaScript's number.
    pub timestamp: f64,
}

impl<'a> Head<'a> {
    /// The same with another text.
    #[must_use]
    pub fn with(mut self, member: Member, text: &'a str) -> Self {
        self[member] = text;
        self
    }

    /// Where the request goes, which is not always the host that is signed.
    pub(super) fn sent_to<'b>(&'b self, host: &'b str) -> &'b str {
        if self[Member::SentHost].is_empty() {
            host
        } else {
            self[Member::SentHost]
        }
    }
}

impl<'a> Index<Member> for Head<'a> {
    type Output = &'a str;

    fn index(&self, member: Member) -> &&'a str {
        &self.texts[member as usize]
    }
}

impl<'a> IndexMut<Member> for Head<'a> {
    fn index_mut(&mut self, member: Member) -> &mut &'a str {
        &mut self.texts[member as usize]
    }
}
