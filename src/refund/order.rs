//! One order's refund, from the intent to what is known of it. A request is handed over once; whatever is lost is read back.

use super::judge::{Judgement, Service, Why, judge};
use super::listed::Listed;

/// A request is accepted no later than this after the time that it was signed for, by the service's clock, in milliseconds
/// (*Common Params*). That it is not *carried out* later either is an assumption: see [`Service::margin_ms`].
pub const WINDOW_MS: i64 = 300_000;

/// How far it got.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Nothing was kept, nothing was sent.
    Planned,
    /// The intent is on its way into the journal; nothing was sent.
    Intending {
        /// What the request will be signed for, in milliseconds since 1970.
        signed_ms: i64,
    },
    /// The intent is kept: the request may be handed over now.
    Sending {
        /// What it is signed for.
        signed_ms: i64,
    },
    /// The request was handed over, or may have been, and its answer is lost.
    Open {
        /// What it is signed for.
        signed_ms: i64,
    },
    /// It is known.
    Settled(Verdict),
}

/// What is known in the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It was refunded.
    Done,
    /// It was not refunded, and no request that was handed over can do it any more.
    NotDone,
    /// A person must look, and why.
    Check(Why),
}

/// What an answer proves, as `policy::outcome` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It was refunded.
    Done,
    /// Nothing was done: it was refused, or never left.
    NothingDone,
    /// Nothing is proved.
    Unknown,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// The plan still holds; now is so many milliseconds since 1970, by the caller's clock and what it learnt.
    Begin(i64),
    /// What was to be kept is in the journal.
    Kept,
    /// The request ended.
    Answered(Answer),
    /// The orders were read again, and the service's clock with them, where its Date could be read.
    Read(&'a [Listed], Option<i64>),
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Next {
    /// Read again whether the plan still holds.
    ReadPlan,
    /// Keep the intent, and wait until it is kept.
    KeepIntent,
    /// Hand over the request, signed for this time.
    Send(i64),
    /// Read the orders back; the first time at once, then when the service's clock shows this.
    ReadBack(i64),
    /// Keep the verdict, and tell it.
    Tell,
}

impl Phase {
    /// What the journal says of an order with an intent and no verdict: it may have been sent.
    pub fn resumed(signed_ms: i64) -> Self {
        Self::Open { signed_ms }
    }

    /// What comes after an event; one that does not belong to the phase changes nothing.
    #[must_use]
    pub fn after(self, event: &Event<'_>, order: &Listed, service: Service) -> Self {
        match (self, event) {
            (Self::Planned, Event::Begin(now_ms)) => Self::Intending { signed_ms: *now_ms },
            (Self::Intending { signed_ms }, Event::Kept) => Self::Sending { signed_ms },
            (Self::Sending { signed_ms }, Event::Answered(answer)) => match answer {
                Answer::Done => Self::Settled(Verdict::Done),
                Answer::NothingDone => Self::Settled(Verdict::NotDone),
                Answer::Unknown => Self::Open { signed_ms },
            },
            (Self::Open { signed_ms }, Event::Read(listed, service_ms)) => {
                let too_late = |now_ms: i64| now_ms > fence(signed_ms, service);
                match (judge(order, listed, service), service_ms) {
                    (Judgement::Done, _) => Self::Settled(Verdict::Done),
                    (Judgement::Over, _) => Self::Settled(Verdict::NotDone),
                    (Judgement::Check(why), _) => Self::Settled(Verdict::Check(why)),
                    (Judgement::StillThere, None) => Self::Settled(Verdict::Check(Why::NoClock)),
                    (Judgement::StillThere, Some(now_ms)) if too_late(*now_ms) => {
                        Self::Settled(Verdict::NotDone)
                    }
                    (Judgement::StillThere, Some(_)) => Self::Open { signed_ms },
                }
            }
            (phase, _) => phase,
        }
    }

    /// What to do in this phase.
    pub fn next(&self, service: Service) -> Next {
        match self {
            Self::Planned => Next::ReadPlan,
            Self::Intending { .. } => Next::KeepIntent,
            Self::Sending { signed_ms } => Next::Send(*signed_ms),
            Self::Open { signed_ms } => Next::ReadBack(fence(*signed_ms, service)),
            Self::Settled(_) => Next::Tell,
        }
    }
}

/// Until when a request that was signed for a time may be carried out, by the service's clock.
pub fn fence(signed_ms: i64, service: Service) -> i64 {
    signed_ms
        .saturating_add(WINDOW_MS)
        .saturating_add(service.margin_ms)
}
