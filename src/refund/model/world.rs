//! Everything around the state machine: service, network, clocks, journal, and somebody who buys.

use super::broken::Rule;
use super::{Refunds, Shown};
use crate::refund::listed::Listed;
use crate::refund::order::{Answer, Event, Next, Phase, WINDOW_MS};
use crate::refund::plan::{Plan, plan};

/// What a clock may show: a signature of the first is still taken at the second, and not at the third.
const READINGS: [i64; 3] = [0, WINDOW_MS * 2 / 3, WINDOW_MS * 4 / 3];

/// So many requests are on their way at once, at most.
const IN_FLIGHT: usize = 2;

/// A request on its way: of which order, and what it was signed for.
type Request = (usize, i64);

/// What became of an order at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Held {
    Valid,
    /// In the pool.
    Returned,
    /// Used again.
    UsedAgain,
    Void,
}

// Each says whether something that may happen once has happened.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    /// The service's clock, and the caller's, as places among the readings.
    clocks: [usize; 2],
    has_jumped: bool,
    /// The first order is in use; the second waits until it starts.
    held: [Held; 2],
    has_started: bool,
    /// An order that somebody bought meanwhile.
    bought: bool,
    requests: Vec<Request>,
    /// What the service answered; none is an answer that proves nothing.
    answers: Vec<(usize, Answer)>,
    has_repeated: bool,
    /// Whether the plan was found to hold; or that it does not.
    holds: Option<bool>,
    pub phases: [Phase; 2],
    /// Whether a request of each is out, whose answer may come.
    is_out: [bool; 2],
    /// What the journal says: the intent's time, and whether a verdict is kept.
    journal: [Option<i64>; 2],
    has_crashed: bool,
    /// How often the request of each was handed over.
    pub sent: [u8; 2],
    /// Whether each was ever refunded.
    pub refunded: [bool; 2],
    /// Whether the service's list differed from the plan when the caller began.
    differed: bool,
    pub sent_though_it_differed: bool,
}

/// What may happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The caller does what its state machine says, for one order.
    Go(usize),
    /// The request of an order has no answer in time.
    TimeOut(usize),
    /// A request arrives; and one stays that is the same.
    Arrive(usize),
    Repeat(usize),
    Lose(usize),
    /// An answer arrives.
    Answer(usize),
    /// The answer is cut on its way.
    Cut(usize),
    Tick,
    Jump(usize),
    /// The second order comes into use.
    Start,
    Buy,
    Crash,
}

impl World {
    pub fn new() -> Self {
        Self {
            clocks: [0, 0],
            has_jumped: false,
            held: [Held::Valid; 2],
            has_started: false,
            bought: false,
            requests: Vec::new(),
            answers: Vec::new(),
            has_repeated: false,
            holds: None,
            phases: [Phase::Planned, Phase::Planned],
            is_out: [false; 2],
            journal: [None; 2],
            has_crashed: false,
            sent: [0; 2],
            refunded: [false; 2],
            differed: false,
            sent_though_it_differed: false,
        }
    }

    /// The plan that is drawn at the beginning: both orders.
    pub fn plan() -> Plan {
        let drawn = plan(&Self::new().listed(Shown::Refunded), None);
        drawn.unwrap_or_else(|_| unreachable!("both are valid"))
    }

    /// What the service lists.
    fn listed(&self, shown: Shown) -> Vec<Listed> {
        let order = |id: &str, status, start| Listed {
            order_id: id.into(),
            pkg_id: "p".into(),
            status,
            start,
            end: start + 10,
        };
        let mut listed = Vec::new();
        for (at, id) in ["a", "b"].into_iter().enumerate() {
            let in_use = at == 0 || self.has_started;
            let status = match self.held[at] {
                Held::Valid if in_use => 1,
                Held::Valid => 2,
                Held::UsedAgain if shown == Shown::SameId => 2,
                Held::Returned if shown == Shown::Gone => continue,
                Held::UsedAgain if shown != Shown::Refunded => continue,
                Held::Returned | Held::UsedAgain | Held::Void => 5,
            };
            listed.push(order(id, status, [0, 10][at]));
        }
        if self.bought {
            listed.push(order("c", 2, 10));
        }
        listed
    }

    fn now(&self) -> i64 {
        READINGS[self.clocks[0]]
    }

    fn local(&self) -> i64 {
        READINGS[self.clocks[1]]
    }

    pub fn actions(&self, model: &Refunds, actions: &mut Vec<Act>) {
        for at in 0..2 {
            if self.is_out[at] {
                actions.push(Act::TimeOut(at));
            } else if !matches!(self.phases[at], Phase::Settled(_)) && self.holds != Some(false) {
                actions.push(Act::Go(at));
            }
        }
        for at in 0..self.requests.len() {
            actions.extend([Act::Arrive(at), Act::Lose(at)]);
            if model.repeats && !self.has_repeated && self.requests.len() < IN_FLIGHT {
                actions.push(Act::Repeat(at));
            }
        }
        for at in 0..self.answers.len() {
            actions.extend([Act::Answer(at), Act::Cut(at)]);
        }
        if self.clocks[0] + 1 < READINGS.len() {
            actions.push(Act::Tick);
        }
        if !self.has_jumped {
            actions.extend((0..READINGS.len()).map(Act::Jump));
        }
        if !self.has_started && self.clocks[0] > 0 {
            actions.push(Act::Start);
        }
        if !self.bought && self.held[1] != Held::UsedAgain {
            actions.push(Act::Buy);
        }
        if !self.has_crashed {
            actions.push(Act::Crash);
        }
    }

    pub fn act(&mut self, model: &Refunds, action: Act) {
        match action {
            Act::Go(at) => self.go(model, at),
            Act::TimeOut(at) => {
                self.is_out[at] = false;
                if model.broken == Some(Rule::RetryOnTimeOut) && self.sent[at] < 2 {
                    return self.send(at);
                }
                self.event(model, at, &Event::Answered(Answer::Unknown));
            }
            Act::Arrive(at) => {
                let request = self.requests.remove(at);
                self.arrive(model, request);
            }
            Act::Repeat(at) => {
                self.has_repeated = true;
                self.requests.push(self.requests[at]);
            }
            Act::Lose(at) => drop(self.requests.remove(at)),
            Act::Answer(at) => {
                let (order, answer) = self.answers.remove(at);
                self.answered(model, order, answer);
            }
            Act::Cut(at) => {
                let (order, _) = self.answers.remove(at);
                let broken = model.broken == Some(Rule::CutIsRefusal);
                let read = if broken {
                    Answer::NothingDone
                } else {
                    Answer::Unknown
                };
                self.answered(model, order, read);
            }
            Act::Tick => self.clocks[0] += 1,
            Act::Jump(to) => {
                self.has_jumped = true;
                self.clocks[1] = to;
            }
            Act::Start => self.has_started = true,
            Act::Buy => match self.held[1] {
                Held::Returned => {
                    self.held[1] = Held::UsedAgain;
                    self.bought = model.shown != Shown::SameId;
                }
                _ => self.bought = true,
            },
            Act::Crash => self.crash(),
        }
        self.requests.sort_unstable();
        self.answers
            .sort_unstable_by_key(|(order, answer)| (*order, *answer == Answer::Done));
    }

    fn go(&mut self, model: &Refunds, at: usize) {
        match self.phases[at].next(model.service()) {
            Next::ReadPlan => {
                let listed = self.listed(model.shown);
                if self.holds.is_none() {
                    let difference = model.plan.difference(&listed);
                    // After a crash, of those alone that were not begun.
                    self.differed = difference.is_some() && !self.has_crashed
                        || !listed.contains(&model.plan.orders[at]);
                    let reads = model.broken != Some(Rule::NoSecondReading);
                    self.holds = Some(!(reads && self.differed));
                }
                if self.holds == Some(true) {
                    self.event(model, at, &Event::Begin(self.local()));
                }
            }
            Next::KeepIntent => {
                if let Phase::Intending { signed_ms } = self.phases[at]
                    && model.broken != Some(Rule::JournalAfterSend)
                {
                    self.journal[at] = Some(signed_ms);
                }
                self.event(model, at, &Event::Kept);
            }
            Next::Send(_) => self.send(at),
            Next::ReadBack(_) => {
                let mut listed = self.listed(model.shown);
                if model.broken == Some(Rule::ByPosition)
                    && let Some(found) = listed.get_mut(at)
                {
                    found.order_id.clone_from(&model.plan.orders[at].order_id);
                    let (start, end) = (model.plan.orders[at].start, model.plan.orders[at].end);
                    (found.start, found.end) = (start, end);
                }
                let broken = model.broken == Some(Rule::LocalFence);
                let now = if broken { self.local() } else { self.now() };
                self.event(model, at, &Event::Read(&listed, Some(now)));
            }
            Next::Tell => {}
        }
    }

    fn event(&mut self, model: &Refunds, at: usize, event: &Event<'_>) {
        let phase = self.phases[at].clone();
        self.phases[at] = phase.after(event, &model.plan.orders[at], model.service());
    }

    fn send(&mut self, at: usize) {
        if let Phase::Sending { signed_ms } = self.phases[at] {
            self.requests.push((at, signed_ms));
            self.sent[at] += 1;
            self.is_out[at] = true;
            self.sent_though_it_differed |= self.differed;
        }
    }

    /// The service carries it out at most once: what is refunded is refused.
    fn arrive(&mut self, model: &Refunds, (at, signed_ms): Request) {
        let in_time = (self.now() - signed_ms).abs() <= WINDOW_MS;
        let again = self.held[at] == Held::UsedAgain && model.shown == Shown::SameId;
        if in_time && (self.held[at] == Held::Valid || again) {
            let in_use = at == 0 || self.has_started;
            self.held[at] = if in_use { Held::Void } else { Held::Returned };
            self.refunded[at] = true;
            self.answers.push((at, Answer::Done));
        } else {
            // Where the platform may repeat, a refusal proves nothing.
            let proves = !model.repeats && !self.has_crashed;
            let answer = if proves {
                Answer::NothingDone
            } else {
                Answer::Unknown
            };
            self.answers.push((at, answer));
        }
    }

    fn answered(&mut self, model: &Refunds, at: usize, answer: Answer) {
        // Nobody waits for an answer whose time is up.
        if self.is_out[at] {
            self.is_out[at] = false;
            self.event(model, at, &Event::Answered(answer));
        }
    }

    /// Everything is gone but the journal.
    fn crash(&mut self) {
        self.has_crashed = true;
        self.holds = None;
        self.is_out = [false; 2];
        for at in 0..2 {
            if !matches!(self.phases[at], Phase::Settled(_)) {
                self.phases[at] = match self.journal[at] {
                    Some(signed_ms) => Phase::resumed(signed_ms),
                    None => Phase::Planned,
                };
            }
        }
    }
}
