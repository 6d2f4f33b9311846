//! What a reading says of an order whose answer was lost. Right, or "check": under each way in which the service may show an
//! order that returned (listed as refunded, gone, allocated anew under another id). That it may give the same id again must be
//! said: then nobody can tell.

use super::listed::{Fate, Listed};

/// What must be known of the service to read its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Service {
    /// Whether an order that returned may be used again under the same id. Assumed not to be, unless the caller says so.
    pub reuses_ids: bool,
    /// How much later than the signature allows a request may still be carried out, in milliseconds.
    pub margin_ms: i64,
}

/// What a reading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It is refunded.
    Done,
    /// It is as it was; a request that is on its way may still refund it.
    StillThere,
    /// It was never refunded, and cannot be any more.
    Over,
    /// A person must look.
    Check(Why),
}

/// Why a person must look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is listed with other times, or another package.
    Changed,
    /// It is listed no more, and was no order that returns.
    Absent,
    /// It was moved to another service.
    Moved,
    /// Its status is none that is documented.
    UnknownStatus,
    /// The same id may be that of an order which was used again, or is listed twice.
    ReusedId,
    /// The service's clock is not known, so that it is never too late for a request.
    NoClock,
}

/// Judges one order by its id, never by its place.
pub fn judge(order: &Listed, listed: &[Listed], service: Service) -> Judgement {
    let mut same = listed
        .iter()
        .filter(|other| other.order_id == order.order_id);
    let Some(found) = same.next() else {
        return match order.fate() {
            Fate::Returns => Judgement::Done,
            Fate::Void => Judgement::Check(Why::Absent),
        };
    };
    if same.next().is_some() {
        return Judgement::Check(Why::ReusedId);
    }
    let times = |order: &Listed| (order.start, order.end);
    match found.status {
        5 => Judgement::Done,
        6 => Judgement::Check(Why::Moved),
        1..=4 if times(found) != times(order) || found.pkg_id != order.pkg_id => {
            Judgement::Check(Why::Changed)
        }
        1..=4 if service.reuses_ids && order.fate() == Fate::Returns => {
            Judgement::Check(Why::ReusedId)
        }
        4 => Judgement::Over,
        1..=3 => Judgement::StillThere,
        _ => Judgement::Check(Why::UnknownStatus),
    }
}

impl Why {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "Changed",
            Self::Absent => "Absent",
            Self::Moved => "Moved",
            Self::UnknownStatus => "UnknownStatus",
            Self::ReusedId => "ReusedId",
            Self::NoClock => "NoClock",
        }
    }

    /// What a person should look at.
    pub fn message(self) -> &'static str {
        match self {
            Self::Changed => {
                "it is listed with other times or another package: compare it with the plan"
            }
            Self::Absent => {
                "it is listed no more, though an order that was in use stays listed when it is refunded: ask the service's support"
            }
            Self::Moved => "it was moved to another service: look there whether it is still valid",
            Self::UnknownStatus => {
                "its status is none that is documented: look at it in the service's console"
            }
            Self::ReusedId => {
                "it is valid, but may be another order that got its id: compare its times and the bill"
            }
            Self::NoClock => {
                "it is still valid, and since no answer shows the service's clock, nobody knows when its request is too late: look again after ten minutes"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Judgement, Service, Why, judge};
    use crate::refund::listed::Listed;

    fn order(status: i64) -> Listed {
        Listed {
            order_id: "1".into(),
            pkg_id: "p".into(),
            status,
            start: 0,
            end: 10,
        }
    }

    #[test]
    fn an_id_that_is_listed_twice_proves_nothing() {
        let service = Service {
            reuses_ids: false,
            margin_ms: 0,
        };
        let twice = [order(5), order(2)];
        assert_eq!(
            judge(&order(2), &twice, service),
            Judgement::Check(Why::ReusedId)
        );
        assert_eq!(judge(&order(2), &twice[..1], service), Judgement::Done);
    }

    #[test]
    fn an_id_that_may_be_given_again_proves_nothing_when_it_has_expired() {
        let over = |reuses_ids| {
            let margin_ms = 0;
            let service = Service {
                reuses_ids,
                margin_ms,
            };
            judge(&order(2), &[order(4)], service)
        };
        assert_eq!(over(false), Judgement::Over);
        assert_eq!(over(true), Judgement::Check(Why::ReusedId));
    }
}
