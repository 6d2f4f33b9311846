//! A query's names and values.

use crate::answer::Refusal;

/// All pairs, decoded, in their order.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, Refusal> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let pairs = query.split('&').map(|pair| {
        let Some((name, value)) = pair.split_once('=') else {
            let message = format!("the query has a name without = and a value: {pair:?}");
            return Err(Refusal::new("InvalidParameter", message));
        };
        Ok((decode(name)?, decode(value)?))
    });
    pairs.collect()
}

/// As forms are decoded: `+` is a space, which the core writes as `%20`, and some official SDKs do not.
fn decode(text: &str) -> Result<String, Refusal> {
    let refuse = |what: &str| {
        let message = format!("the query {what}: {text:?}");
        Err(Refusal::new("InvalidParameter", message))
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, behind @ ..] = rest {
        rest = behind;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digit = |at: usize| char::from(*behind.get(at)?).to_digit(16);
                let (Some(high), Some(low)) = (digit(0), digit(1)) else {
                    return refuse("has a % without two hexadecimal digits");
                };
                bytes.extend(u8::try_from(high * 16 + low));
                rest = &behind[2..];
            }
            byte => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).or_else(|_| refuse("has what is no text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::pairs;
    use proptest::prelude::*;

    #[test]
    fn pairs_are_decoded() {
        let found = pairs("A.0=a+b%2b&%42=%e4%ba%91=&C=").expect("right");
        let expected = [("A.0", "a b+"), ("B", "云="), ("C", "")];
        assert_eq!(
            found,
            expected.map(|(name, value)| (name.into(), value.into()))
        );
        assert_eq!(pairs("").map(|pairs| pairs.len()), Ok(0));
        for wrong in ["A", "&", "A=1&", "A=%", "A=%4", "A=%4g", "%é=1", "A=%e4%ba"] {
            assert!(pairs(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_the_core_writes_is_read(name in ".*", value in ".*") {
            let mut query = String::new();
            tc3_edge::request::push_pair(&mut query, &name, &value);
            prop_assert_eq!(pairs(&query), Ok(vec![(name, value)]));
        }

        #[test]
        fn any_query_is_answered(query in ".*|[A&=%0-9+]{0,20}") {
            let _ = pairs(&query);
        }
    }
}
