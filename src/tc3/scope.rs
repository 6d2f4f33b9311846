//! The credential scope: a UTC date, a service, and the word `tc3_request`.

use crate::decimal::push_decimal;

/// The last second of the year 9999: beyond it a date has no four-digit year.
pub const LAST_TIMESTAMP: u64 = 253_402_300_799;

/// The word that ends a scope, and the last link of the key's chain.
pub const TERMINATOR: &str = "tc3_request";

/// `YYYY-MM-DD/<service>/tc3_request`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialScope {
    text: String,
    date_length: usize,
    day: u64,
}

impl CredentialScope {
    /// The scope of a timestamp in seconds; its date is the UTC date of that very timestamp.
    pub fn new(timestamp: u64, service: &str) -> Self {
        let day = timestamp / 86_400;
        let mut text = String::with_capacity(64);
        push_date(&mut text, day);
        let date_length = text.len();
        text.push_str("/");
        text.push_str(service);
        text.push_str("/");
        text.push_str(TERMINATOR);
        Self {
            text,
            date_length,
            day,
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// `YYYY-MM-DD`.
    pub fn date(&self) -> &str {
        &self.text[..self.date_length]
    }

    /// The date in days since 1970.
    pub fn day(&self) -> u64 {
        self.day
    }

    /// The service, as it is signed.
    pub fn service(&self) -> &str {
        &self.text[self.date_length + 1..self.text.len() - TERMINATOR.len() - 1]
    }
}

/// Appends the date of a day since 1970, counted with years that begin in March, so that a leap day is the last day of
/// its year.
fn push_date(text: &mut String, day: u64) {
    let days = day + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    push_decimal(text, year, 4);
    text.push_str("-");
    push_decimal(text, month, 2);
    text.push_str("-");
    push_decimal(text, day, 2);
}

#[cfg(test)]
mod tests {
    use super::{CredentialScope, LAST_TIMESTAMP};

    fn check(timestamp: u64, date: &str) {
        assert_eq!(CredentialScope::new(timestamp, "cvm").date(), date);
    }

    #[test]
    fn dates_are_utc_days() {
        check(0, "1970-01-01");
        check(86_399, "1970-01-01");
        check(86_400, "1970-01-02");
        check(951_782_400, "2000-02-29");
        check(1_709_164_800, "2024-02-29");
        check(1_735_689_599, "2024-12-31");
        check(1_735_689_600, "2025-01-01");
        check(4_107_456_000, "2100-02-28");
        check(4_107_542_400, "2100-03-01");
        check(LAST_TIMESTAMP, "9999-12-31");
    }

    #[test]
    fn the_parts_are_the_whole() {
        let scope = CredentialScope::new(1_700_000_000, "iotvideo");
        assert_eq!(scope.text(), "2023-11-14/iotvideo/tc3_request");
        assert_eq!(scope.service(), "iotvideo");
    }
}
