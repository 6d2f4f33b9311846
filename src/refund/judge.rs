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
    /// The same id may be that of an order which was used again.
    ReusedId,
    /// The service's clock is not known, so that it is never too late for a request.
    NoClock,
}

/// Judges one order by its id, never by its place.
pub fn judge(order: &Listed, listed: &[Listed], service: Service) -> Judgement {
    let Some(found) = listed.iter().find(|other| other.order_id == order.order_id) else {
        return match order.fate() {
            Fate::Returns => Judgement::Done,
            Fate::Void => Judgement::Check(Why::Absent),
        };
    };
    let times = |order: &Listed| (order.start, order.end);
    match found.status {
        5 => Judgement::Done,
        4 => Judgement::Over,
        6 => Judgement::Check(Why::Moved),
        1..=3 if times(found) != times(order) || found.pkg_id != order.pkg_id => {
            Judgement::Check(Why::Changed)
        }
        1..=3 if service.reuses_ids && order.fate() == Fate::Returns => {
            Judgement::Check(Why::ReusedId)
        }
        1..=3 => Judgement::StillThere,
        _ => Judgement::Check(Why::UnknownStatus),
    }
}
