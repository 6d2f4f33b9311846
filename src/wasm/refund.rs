//! `plan`, `difference`, `step`, `differences`, `journal_read` and `journal_line`. A list of orders is a part: five values for
//! each (id, package, status, start and end in seconds). Times that cross as numbers are in milliseconds since 1970.

use super::module::run;
use super::values::{Values, push, split, text};
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::refund::afterwards::{self, Refunded};
use crate::refund::journal;
use crate::refund::judge::Service;
use crate::refund::listed::{Fate, Listed};
use crate::refund::order::{Answer, Event, Next, Phase, Verdict};
use crate::refund::plan::{Plan, plan as draw};
use crate::text::Split;

/// Draws a plan at a time for one order, or for all where the id is empty. Leaves the service's status and end when it was
/// carried out, then for each order what becomes of it: `returns`, `void`, `stays`, or nothing of one that is over.
#[unsafe(no_mangle)]
pub extern "C" fn plan(listed: usize, count: usize, order_id: usize, now_ms: f64) -> i32 {
    run(
        [listed, order_id, 0, 0],
        &mut |_, [listed, order_id, ..]| {
            let listed = orders(listed, count)?;
            let order_id = Some(text(order_id)).filter(|id| !id.is_empty());
            let plan = draw(&listed, order_id)?;
            let (status, end) = plan.after(whole(now_ms) / 1000);
            let mut values = Values::new();
            push_whole(&mut values, status);
            push_whole(&mut values, end);
            for order in &listed {
                let word = if plan.orders.contains(order) {
                    fate(order)
                } else if plan.stay.contains(order) {
                    "stays"
                } else {
                    ""
                };
                push(&mut values, word);
            }
            Ok(values)
        },
    )
}

/// Leaves in what a later reading differs from a plan; nothing where it does not.
#[unsafe(no_mangle)]
pub extern "C" fn difference(
    planned: usize,
    planned_count: usize,
    stay: usize,
    stay_count: usize,
    listed: usize,
    count: usize,
) -> i32 {
    run([planned, stay, listed, 0], &mut |_,
                                          [
        planned,
        stay,
        listed,
        _,
    ]| {
        let plan = Plan {
            orders: orders(planned, planned_count)?,
            stay: orders(stay, stay_count)?,
        };
        let mut values = Values::new();
        if let Some(difference) = plan.difference(&orders(listed, count)?) {
            push(&mut values, &difference);
        }
        Ok(values)
    })
}

/// What comes after an event of one order. `phase` is 0 planned, 1 intending, 2 sending, 3 open, with the time that its
/// request is signed for; `event` is 0 begin at a time, 1 kept, 2 done, 3 nothing done, 4 unknown, 5 read, with the service's
/// clock or NaN. Leaves phase (`planned`, …, `done`, `notDone`, `check`), signed time, why and its message, what to do next
/// (`readPlan`, `keepIntent`, `send`, `readBack`, `tell`) and until when a request that was handed over may be carried out.
#[unsafe(no_mangle)]
pub extern "C" fn step(
    order: usize,
    phase: u8,
    signed_ms: f64,
    event: u8,
    event_ms: f64,
    listed: usize,
    count: usize,
    reuses_ids: bool,
    margin_ms: f64,
) -> i32 {
    run([order, listed, 0, 0], &mut |_, [order, listed, ..]| {
        let [order] = &orders(order, 5)?[..] else {
            return Err(Problems::one("order", "Value", "is not one order"));
        };
        let listed = orders(listed, count)?;
        let signed_ms = whole(signed_ms);
        let before = match phase {
            0 => Phase::Planned,
            1 => Phase::Intending { signed_ms },
            2 => Phase::Sending { signed_ms },
            _ => Phase::resumed(signed_ms),
        };
        let service = Service {
            reuses_ids,
            margin_ms: whole(margin_ms),
        };
        let event = match event {
            0 => Event::Begin(whole(event_ms)),
            1 => Event::Kept,
            2 => Event::Answered(Answer::Done),
            3 => Event::Answered(Answer::NothingDone),
            4 => Event::Answered(Answer::Unknown),
            _ => Event::Read(&listed, (!event_ms.is_nan()).then(|| whole(event_ms))),
        };
        Ok(leave(&before.after(&event, order, service), service))
    })
}

fn leave(phase: &Phase, service: Service) -> Values {
    let (word, signed_ms, why) = match phase {
        Phase::Planned => ("planned", 0, None),
        Phase::Intending { signed_ms } => ("intending", *signed_ms, None),
        Phase::Sending { signed_ms } => ("sending", *signed_ms, None),
        Phase::Open { signed_ms } => ("open", *signed_ms, None),
        Phase::Settled(Verdict::Done) => ("done", 0, None),
        Phase::Settled(Verdict::NotDone) => ("notDone", 0, None),
        Phase::Settled(Verdict::Check(why)) => ("check", 0, Some(why)),
    };
    let (next, until_ms) = match phase.next(service) {
        Next::ReadPlan => ("readPlan", 0),
        Next::KeepIntent => ("keepIntent", 0),
        Next::Send(_) => ("send", 0),
        Next::ReadBack(until_ms) => ("readBack", until_ms),
        Next::Tell => ("tell", 0),
    };
    let mut values = Values::new();
    push(&mut values, word);
    push_whole(&mut values, signed_ms);
    push(&mut values, why.map_or("", |why| why.word()));
    push(&mut values, why.map_or("", |why| why.message()));
    push(&mut values, next);
    push_whole(&mut values, until_ms);
    values
}

/// Leaves in what the service's state differs from the plan when all is done: of the planned orders (which come first in
/// `planned`, then those that stay), `times` has signed time and known time of each that was refunded, empty of another.
#[unsafe(no_mangle)]
pub extern "C" fn differences(
    planned: usize,
    planned_count: usize,
    times: usize,
    times_count: usize,
    before: usize,
    before_count: usize,
    after: usize,
    after_count: usize,
) -> i32 {
    run([planned, times, before, after], &mut |_,
                                               [
        planned,
        times,
        before,
        after,
    ]| {
        let mut all = orders(planned, planned_count)?;
        let stay = all.split_off((times_count / 2).min(all.len()));
        let plan = Plan { orders: all, stay };
        let mut times = split(times, times_count)?;
        let mut refunded = Vec::new();
        for order in &plan.orders {
            let from = times.next().unwrap_or_default().parse::<i64>();
            let until = times.next().unwrap_or_default().parse::<i64>();
            if let (Ok(from), Ok(until)) = (from, until) {
                let (from, until) = (from / 1000, until / 1000);
                refunded.push(Refunded { order, from, until });
            }
        }
        let (before, after) = (orders(before, before_count)?, orders(after, after_count)?);
        let mut values = Values::new();
        for difference in afterwards::differences(&plan, &refunded, &before, &after) {
            push(&mut values, &difference);
        }
        Ok(values)
    })
}

/// Reads a journal. Leaves how many bytes of a record were cut, the last line's checksum, what must be appended first, then
/// of each record how many values it has and these.
#[unsafe(no_mangle)]
pub extern "C" fn journal_read(bytes: usize) -> i32 {
    run([bytes, 0, 0, 0], &mut |_, [bytes, ..]| {
        let read = journal::read(bytes)?;
        let mut values = Values::new();
        push_length(&mut values, read.torn);
        push(&mut values, &read.sum);
        push(&mut values, &read.repair);
        for record in &read.records {
            push_length(&mut values, record.len());
            for value in record {
                push(&mut values, value);
            }
        }
        Ok(values)
    })
}

/// Leaves the line of a record that follows the checksum of another, and its own checksum.
#[unsafe(no_mangle)]
pub extern "C" fn journal_line(sum: usize, record: usize, count: usize) -> i32 {
    run([sum, record, 0, 0], &mut |_, [sum, record, ..]| {
        let record = all(split(record, count)?);
        let (line, sum) = journal::line(text(sum), &record);
        let mut values = Values::new();
        push(&mut values, &line);
        push(&mut values, &sum);
        Ok(values)
    })
}

/// The orders of a part.
fn orders(part: &[u8], count: usize) -> Result<Vec<Listed>, Problems> {
    let mut orders = Vec::new();
    if count == 0 {
        return Ok(orders);
    }
    for order in all(split(part, count)?).chunks(5) {
        let number = |at: usize| order.get(at).and_then(|text| text.parse().ok());
        let (Some(status), Some(start), Some(end)) = (number(2), number(3), number(4)) else {
            let message = "has an order whose status or times are no whole numbers";
            return Err(Problems::one("Data", "Type", message));
        };
        orders.push(Listed {
            order_id: order[0].into(),
            pkg_id: order[1].into(),
            status,
            start,
            end,
        });
    }
    Ok(orders)
}

fn all(values: Split<'_>) -> Vec<&str> {
    values.collect()
}

fn fate(order: &Listed) -> &'static str {
    match order.fate() {
        Fate::Returns => "returns",
        Fate::Void => "void",
    }
}

/// A time of JavaScript's; beyond what it holds exactly, the nearest.
#[allow(clippy::cast_possible_truncation)]
fn whole(ms: f64) -> i64 {
    ms as i64
}

fn push_whole(values: &mut Values, value: i64) {
    let mut text = String::new();
    if value < 0 {
        text.push('-');
    }
    push_decimal(&mut text, value.unsigned_abs(), 1);
    push(values, &text);
}

fn push_length(values: &mut Values, length: usize) {
    push_whole(values, i64::try_from(length).unwrap_or(i64::MAX));
}
