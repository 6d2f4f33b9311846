//! `load_table`, `prepare`, `prepare_again` and `conclude`: the two crossings of a call.

use super::input::Input;
use super::module::{State, ask, run, run_quickly};
use super::values::{Values, push, push_problems, text};
use crate::call::{self, Conclusion, Effect, Payload, Sent, hide_signature};
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::json::unescape;
use crate::policy::outcome::Arrivals;
use crate::request::Member;
use crate::response::Integers;
use crate::service::Table;
use crate::text::split;

/// Reads a service version's table; leaves nothing, and its number is how many were loaded before.
#[unsafe(no_mangle)]
pub extern "C" fn load_table(table: usize) -> i32 {
    run([table, 0, 0, 0], &mut |state, [table, ..]| {
        // Its rows point into its text, and both stay for as long as the instance does.
        let Some(table) = Table::parse(String::from(text(table)).leak()) else {
            let message = "is not a table of this version";
            return Err(Problems::one("table", "Value", message));
        };
        state.tables.push(table);
        Ok(Values::new())
    })
}

/// The table's number where a call was not checked against one.
const NO_TABLE: usize = 0xffff_ffff;

/// Leaves the place of an action's row in a table (empty where there is none), how often it may be sent in a second (empty where
/// it is not known), `true` where it takes `DryRun`, and `true` where it only reads; nothing without a table.
#[unsafe(no_mangle)]
pub extern "C" fn action_facts(table: usize, action: usize) -> i32 {
    run([action, 0, 0, 0], &mut |state, [action, ..]| {
        let action = text(action);
        let mut values = Values::new();
        if let Some(table) = find(&state.tables, table)? {
            let place = table.place(action);
            if let Some(place) = place {
                push_decimal(&mut values, place as u64, 1);
            }
            values.push_str("\0");
            values.push_str(table.per_second(action));
            for fact in [table.takes_dry_run(place), table.idempotent(action)] {
                values.push_str(if fact { "\0true" } else { "\0" });
            }
        }
        Ok(values)
    })
}

/// Checks a payload against a table, if there is one, and signs it. Leaves what the call may do (`reads`, `writes`,
/// `dryRun`, or `nothing` with a hidden signature), warnings, then what `sign` leaves; or problems, and nothing is signed.
/// `keep` is the number for `prepare_again`, or 0.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(
    table: usize,
    head: usize,
    count: usize,
    key: usize,
    payload: usize,
    timestamp: f64,
    length: usize,
    keep: u32,
) -> i32 {
    run(
        [head, key, payload, 0],
        &mut |state, [head, key, payload, _]| {
            let mut input = Input::decode(head, count, key, timestamp)?;
            input.choice.keep = keep;
            let State { tables, keys, .. } = state;
            let table = find(tables, table)?;
            let effect = call::effect(table, input.head[Member::Action], payload, input.dry_run)?;
            let (prepared, warnings) = match table {
                Some(table) => input.prepare_action(table, payload, keys)?,
                None => (
                    input.prepare(&input.payload(payload, length)?, keys)?,
                    Problems::default(),
                ),
            };
            let mut values = Values::with_capacity(512);
            push(
                &mut values,
                match effect {
                    Effect::Reads => "reads",
                    Effect::Writes => "writes",
                    Effect::DryRun => "dryRun",
                    Effect::Nothing => "nothing",
                },
            );
            push_problems(&mut values, &warnings);
            let nothing = effect == Effect::Nothing;
            let prepared = if nothing {
                hide_signature(&prepared)
            } else {
                prepared
            };
            push(&mut values, &prepared.into_text());
            Ok(values)
        },
    )
}

/// Checks another payload of an action, by its row's place in a table, if there is one, that was prepared with this number before
/// without a warning, and signs it: leaves the 64 digits of the signature, and says where; 0 where `prepare` has to be asked, since something is wrong, doubtful
/// or unknown.
#[unsafe(no_mangle)]
pub extern "C" fn prepare_again(
    table: usize,
    number: u32,
    place: usize,
    payload: usize,
    timestamp: f64,
) -> usize {
    run_quickly([payload], |state, [payload]| {
        let State { tables, keys, .. } = state;
        let payload = match find(tables, table).ok()? {
            Some(table) => call::checked_again(table, place, payload)?,
            None => Payload::unchecked(payload),
        };
        call::sign_again(number, &payload, timestamp, keys)
    })
}

/// Whether the answer to a call of an action, by its row's place, that was no dry run is a success of which nothing is to be
/// said, so that the platform may parse it; if not, `conclude` has to be asked.
#[unsafe(no_mangle)]
pub extern "C" fn is_clean(
    table: usize,
    place: usize,
    body: usize,
    status: u16,
    integers: u8,
) -> bool {
    ask([body], |state, [body]| {
        let table = find(&state.tables, table);
        table.is_ok_and(|table| call::is_clean(table, Some(place), form(integers), status, body))
    })
}

/// Reads an answer; `earlier` and `once` say what may have arrived of its call, and `integers` is 0 for numbers where they are exact, 1 for `BigInt`, 2 for texts. Leaves a kind and its
/// values: `done`, warnings and the text of `Response`; `exact`, warnings and the marked text; `dryRun`, request id;
/// `notDry`; `refused`, code, request id, remedy, `true` where nothing was done, retry, message; `defect`, message.
#[unsafe(no_mangle)]
pub extern "C" fn conclude(
    table: usize,
    action: usize,
    body: usize,
    status: u16,
    dry_run: bool,
    reads: bool,
    earlier: bool,
    once: bool,
    integers: u8,
) -> i32 {
    run([action, body, 0, 0], &mut |state, [action, body, ..]| {
        let sent = Sent {
            table: find(&state.tables, table)?,
            action: text(action),
            dry_run,
            reads,
            arrivals: Arrivals { earlier, once },
            integers: form(integers),
        };
        let mut values = Values::with_capacity(body.len() + 16);
        match call::conclude(sent, status, body) {
            Conclusion::Done {
                text,
                exact,
                warnings,
            } => {
                push(&mut values, if exact { "exact" } else { "done" });
                push_problems(&mut values, &warnings);
                push(&mut values, &text);
            }
            Conclusion::NotDry => push(&mut values, "notDry"),
            Conclusion::DryRun(request_id) => {
                push(&mut values, "dryRun");
                push(&mut values, &unescape(request_id));
            }
            Conclusion::Refused {
                refusal,
                remedy,
                nothing_done,
                retry,
            } => {
                push(&mut values, "refused");
                // The message comes last: alone it may hold a NUL.
                push_clean(&mut values, &unescape(refusal.code));
                push_clean(&mut values, &unescape(refusal.request_id));
                push(&mut values, remedy);
                push(&mut values, if nothing_done { "true" } else { "false" });
                push(&mut values, retry.word());
                push(&mut values, &unescape(refusal.message));
            }
            Conclusion::NotTheProtocol(message) => {
                push(&mut values, "defect");
                push(&mut values, &message);
            }
        }
        Ok(values)
    })
}

/// Takes the next bytes of this instance's event stream; leaves how many bytes wait for the end of their event.
#[unsafe(no_mangle)]
pub extern "C" fn events_push(chunk: usize) -> i32 {
    run([chunk, 0, 0, 0], &mut |state, [chunk, ..]| {
        state.events.push(chunk);
        let mut pending = Values::new();
        push_decimal(&mut pending, state.events.pending() as u64, 1);
        Ok(pending)
    })
}

/// Takes what stands behind the last empty line of the stream.
#[unsafe(no_mangle)]
pub extern "C" fn events_end() -> i32 {
    run([0; 4], &mut |state, _| {
        state.events.end();
        Ok(Values::new())
    })
}

/// Leaves the next whole event: type, id, retry, data; nothing where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn events_next() -> i32 {
    run([0; 4], &mut |state, _| {
        let mut values = Values::new();
        if let Some(event) = state.events.take() {
            // The data comes last: alone it may hold a NUL.
            push_clean(&mut values, &event.event);
            push_clean(&mut values, &event.id);
            push_clean(&mut values, &event.retry);
            push(&mut values, &event.data);
        }
        Ok(values)
    })
}

/// Appends a value that may hold a NUL, which would shift those behind it.
fn push_clean(values: &mut Values, value: &str) {
    push(values, "");
    for (index, part) in split(value, 0).enumerate() {
        values.push_str(if index > 0 { "\u{fffd}" } else { "" });
        values.push_str(part);
    }
}

fn form(integers: u8) -> Integers {
    match integers {
        0 => Integers::Auto,
        1 => Integers::BigInt,
        _ => Integers::Text,
    }
}

fn find<'m>(
    tables: &'m [Table<'static>],
    number: usize,
) -> Result<Option<&'m Table<'static>>, Problems> {
    match tables.get(number) {
        None if number != NO_TABLE => Err(Problems::one("table", "Value", "was not loaded")),
        found => Ok(found),
    }
}
