//! Refunds that can be trusted with money: planned from what is listed, carried out order by order, told as they are. Pure
//! state machines: what was read, answered and kept is an event, and what to do next is what they give. Whoever carries it
//! out reads, keeps and sends; it decides nothing.

pub mod afterwards;
pub mod journal;
pub mod judge;
pub mod listed;
pub mod order;
pub mod plan;

#[cfg(test)]
mod model;
