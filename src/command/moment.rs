//! Times on the command line: RFC 3339, a date, or a duration from now.

use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::cli::Failure;

/// A moment as typed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moment {
    /// `2027-01-01T00:00:00Z`, or the start (UTC) of `2027-01-01`.
    At(Timestamp),
    /// `90d`, `2 weeks`, `1y 6mo`: that long from now.
    In(Span),
}

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Ok(Self::At(moment));
        }
        // A time with an offset would parse as a date as well, and lose its time.
        if let Ok(date) = text.parse::<Date>().or(Err(()))
            && text.len() == "2027-01-01".len()
            && let Ok(start) = date.to_zoned(TimeZone::UTC)
        {
            return Ok(Self::At(start.timestamp()));
        }
        match text.parse::<Span>() {
            Ok(span) if span.is_positive() => Ok(Self::In(span)),
            _ => {
                Err("expected a time such as `2027-01-01T12:00:00Z`, a date such as `2027-01-01` \
                      or a duration such as `90d`")
            }
        }
    }
}

impl Moment {
    /// The moment in Unix seconds.
    pub(crate) fn resolve(self, now: Timestamp) -> Result<i64, Failure> {
        match self {
            Self::At(moment) => Ok(moment.as_second()),
            Self::In(span) => after(now, span),
        }
    }

    /// The moment in Unix seconds, where a duration reaches back from now.
    pub(crate) fn resolve_back(self, now: Timestamp) -> Result<i64, Failure> {
        match self {
            Self::At(moment) => Ok(moment.as_second()),
            Self::In(span) => after(now, span.negate()),
        }
    }

    /// The moment in Unix seconds, which must lie ahead.
    pub(crate) fn resolve_ahead(self, now: Timestamp, flag: &str) -> Result<i64, Failure> {
        let moment = self.resolve(now)?;
        if moment > now.as_second() {
            return Ok(moment);
        }
        Err(Failure::usage(format!("`{flag}` is {}, which is past", rfc3339(moment))))
    }
}

/// A duration as typed: `7d`, `2 weeks`, or a bare number of seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Duration(Span);

impl FromStr for Duration {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let span = match text.parse::<i64>() {
            Ok(seconds) => Span::new().try_seconds(seconds).ok(),
            Err(_) => text.parse::<Span>().ok(),
        };
        span.filter(|span| span.is_positive())
            .map(Self)
            .ok_or("expected a duration such as `7d`, `36h` or a number of seconds")
    }
}

impl Duration {
    /// The end of the duration that begins now, in Unix seconds.
    pub(crate) fn from(self, now: Timestamp) -> Result<i64, Failure> {
        after(now, self.0)
    }

    /// The beginning of the duration that ends now, in Unix seconds.
    pub(crate) fn back_from(self, now: Timestamp) -> Result<i64, Failure> {
        after(now, self.0.negate())
    }
}

fn after(now: Timestamp, span: Span) -> Result<i64, Failure> {
    now.to_zoned(TimeZone::UTC)
        .checked_add(span)
        .map(|moment| moment.timestamp().as_second())
        .map_err(|_| Failure::usage("the duration reaches out of the calendar"))
}

/// A moment as lists and JSON have it.
pub(crate) fn rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Duration, Moment, rfc3339};

    fn resolved(text: &str) -> String {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        rfc3339(text.parse::<Moment>().unwrap().resolve(now).unwrap())
    }

    #[test]
    fn takes_times_dates_and_durations() {
        assert_eq!(resolved("2027-01-01T02:00:00+02:00"), "2027-01-01T00:00:00Z");
        assert_eq!(resolved("2027-01-01"), "2027-01-01T00:00:00Z");
        assert_eq!(resolved("90d"), "2026-05-30T12:00:00Z");
        assert_eq!(resolved("1 month"), "2026-04-01T12:00:00Z");
        assert_eq!(resolved("1y 6mo"), "2027-09-01T12:00:00Z");
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in ["", "soon", "-1d", "2027-13-01", "2027-01-01T00:00:00"] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_bare_number_is_seconds() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!("300".parse::<Duration>().unwrap().from(now).unwrap(), 300);
        assert_eq!("7d".parse::<Duration>().unwrap().from(now).unwrap(), 7 * 86_400);
        assert!("0".parse::<Duration>().is_err());
    }
}
