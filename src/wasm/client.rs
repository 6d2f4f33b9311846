//! `load_table`, `prepare` and `conclude`: the two crossings of a call.

use super::module::{Values, push, run, text};
use super::signer::Input;
use crate::call::{self, Conclusion, Payload};
use crate::errors::Problem;
use crate::service::Table;
use wasm_bindgen::prelude::*;

/// Reads a service version's table; leaves nothing, and its number is how many were loaded before.
#[wasm_bindgen]
pub fn load_table(table: usize) -> i32 {
    run([table], |module, [table]| match Table::parse(text(table)) {
        Some(table) => {
            module.tables.push(table);
            Ok(Values::new())
        }
        None => Err(vec![Problem::new(
            "table",
            "Value",
            "is not a table of this version",
        )]),
    })
}

/// Checks a payload against a table and signs it. Leaves `reads` or `writes`, then what `sign` leaves; or
/// problems, and nothing is signed.
#[wasm_bindgen]
pub fn prepare(
    table: usize,
    head: usize,
    count: usize,
    key: usize,
    payload: usize,
    timestamp: f64,
) -> i32 {
    run([head, key, payload], |module, [head, key, payload]| {
        let input = Input::decode(head, count, key, timestamp)?;
        let table = module.tables.get(table).ok_or_else(not_loaded)?;
        let payload = Payload::checked(table, input.head.action, input.head.region, payload)?;
        let mut values = Values::with_capacity(512);
        let only_reads = table.idempotent(input.head.action);
        push(&mut values, if only_reads { "reads" } else { "writes" });
        input.sign(&payload, &mut module.keys, &mut values)?;
        Ok(values)
    })
}

/// Reads an answer. Leaves a kind and its values: `done` and the text of `Response`; `exact` and the marked
/// text; `refused`, code, request id, remedy, `true` where nothing was done, retry, message; `defect`, message.
#[wasm_bindgen]
pub fn conclude(table: usize, action: usize, body: usize, status: u16) -> i32 {
    run([action, body], |module, [action, body]| {
        let table = module.tables.get(table).ok_or_else(not_loaded)?;
        let mut values = Values::with_capacity(body.len() + 16);
        match call::conclude(table, text(action), status, body) {
            Conclusion::Done(success) => {
                push(&mut values, if success.exact { "exact" } else { "done" });
                push(&mut values, &success.text);
            }
            Conclusion::Refused {
                code,
                message,
                request_id,
                remedy,
                nothing_done,
                retry,
            } => {
                push(&mut values, "refused");
                // The message comes last: alone it may hold a NUL.
                for value in [&code, &request_id] {
                    push(&mut values, &value.replace('\0', "\u{fffd}"));
                }
                push(&mut values, remedy);
                push(&mut values, if nothing_done { "true" } else { "false" });
                push(&mut values, retry);
                push(&mut values, &message);
            }
            Conclusion::NotTheProtocol(message) => {
                push(&mut values, "defect");
                push(&mut values, &message);
            }
        }
        Ok(values)
    })
}

fn not_loaded() -> Vec<Problem> {
    vec![Problem::new("table", "Value", "was not loaded")]
}
