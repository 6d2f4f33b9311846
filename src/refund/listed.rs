//! An order as the service lists it.

/// An order as the service lists it; ids are texts, also where a bare number was answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    /// `OrderId`.
    pub order_id: String,
    /// `PkgId`.
    pub pkg_id: String,
    /// 1 in use, 2 not started, 3 paused, 4 expired, 5 refunded, 6 moved.
    pub status: i64,
    /// `StartTime`, in seconds since 1970.
    pub start: i64,
    /// `EndTime`, in seconds since 1970.
    pub end: i64,
}

/// What becomes of an order that is refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It was never in use: it returns to the pool of paid orders.
    Returns,
    /// It was in use: it is lost.
    Void,
}

impl Listed {
    /// Whether it can be refunded: it is in use, or will be.
    pub fn is_valid(&self) -> bool {
        matches!(self.status, 1..=3)
    }

    /// What a refund makes of it.
    pub fn fate(&self) -> Fate {
        if self.status == 2 {
            Fate::Returns
        } else {
            Fate::Void
        }
    }
}
