//! Terms in calendar months, years and weeks (assumption 10), in UTC.

const DAY: i64 = 86_400;

/// How long an order runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Seven days.
    Week,
    /// To the same day of a later month, or to that month's last day.
    Months(i64),
}

impl Term {
    /// The end of a term that starts at `start`; both in seconds since 1970.
    pub fn end(self, start: i64) -> i64 {
        let Self::Months(count) = self else {
            return start + 7 * DAY;
        };
        let (year, month, day) = civil(start.div_euclid(DAY));
        let months = year * 12 + month - 1 + count;
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
        let day = day.min(last_day(year, month));
        days(year, month, day) * DAY + start.rem_euclid(DAY)
    }
}

fn last_day(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970 of a date; years are counted from March, so that a leap day ends its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970: the inverse of [`days`].
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = (shifted + 2) % 12 + 1;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{Term, civil, days};
    use proptest::prelude::*;

    fn at(year: i64, month: i64, day: i64) -> i64 {
        days(year, month, day) * 86_400 + 3_661
    }

    #[test]
    fn a_term_ends_on_the_same_day_or_the_months_last() {
        let check = |start, term: Term, end| assert_eq!(term.end(start), end);
        check(at(2023, 11, 14), Term::Months(1), at(2023, 12, 14));
        check(at(2024, 1, 31), Term::Months(1), at(2024, 2, 29));
        check(at(2023, 1, 31), Term::Months(1), at(2023, 2, 28));
        check(at(2023, 12, 31), Term::Months(1), at(2024, 1, 31));
        check(at(2024, 2, 29), Term::Months(12), at(2025, 2, 28));
        check(at(2099, 11, 30), Term::Months(3), at(2100, 2, 28));
        check(at(2024, 2, 26), Term::Week, at(2024, 3, 4));
    }

    proptest! {
        #[test]
        fn days_and_dates_are_inverse(day in -1_000_000..4_000_000_i64) {
            let (year, month, of_month) = civil(day);
            prop_assert_eq!(days(year, month, of_month), day);
            prop_assert!((1..=12).contains(&month) && (1..=31).contains(&of_month));
        }
    }
}
