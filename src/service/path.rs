//! The path of a member, such as `Data[2].OrderId`.

use crate::decimal::push_decimal;

/// The path of a member of what stands at `path`.
pub(super) fn member(path: &str, name: &str) -> String {
    let mut joined = String::from(path);
    if !joined.is_empty() {
        joined.push('.');
    }
    joined.push_str(name);
    joined
}

/// The path of an item of the list at `path`.
pub(super) fn item(path: &str, index: u64) -> String {
    let mut joined = String::from(path);
    joined.push('[');
    push_decimal(&mut joined, index, 1);
    joined.push(']');
    joined
}
