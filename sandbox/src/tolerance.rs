//! What official clients do otherwise than the documentation, as a table. Tried only after the strict reading
//! failed, and never in strict mode.

use tc3_edge::secret::Secret;
use tc3_edge::tc3::{Check, Received, Verification, verify};

/// One way to read a request.
struct Reading {
    name: &'static str,
    host_without_port: bool,
    service_from_host: bool,
}

/// The Node SDK (4.1.220) signs the host without its port, and takes the service from the endpoint's first label,
/// as written: `127` of `127.0.0.1:80`, but `localhost:80` of `localhost:80`. The PHP, .NET, C++ and Java SDKs take
/// the service alike.
const READINGS: [Reading; 3] = [
    Reading {
        name: "host signed without its port",
        host_without_port: true,
        service_from_host: false,
    },
    Reading {
        name: "service taken from the host",
        host_without_port: false,
        service_from_host: true,
    },
    Reading {
        name: "host signed without its port, service taken from the host",
        host_without_port: true,
        service_from_host: true,
    },
];

/// Verifies strictly, then as official clients sign. Gives the strict reading's problems where none fits, else the
/// name of the reading that did; it is empty for the strict one.
pub fn verify_leniently(
    received: &Received<'_>,
    service: &str,
    now_ms: i64,
    strict: bool,
    lookup: impl Fn(&str) -> Option<Secret>,
) -> (Verification, &'static str) {
    let found = verify(received, Some(service), now_ms, &lookup);
    if strict || found.ok() {
        return (found, "");
    }
    let Some(host) = received.header("host") else {
        return (found, "");
    };
    let label = host.split('.').next().unwrap_or_default();
    for reading in READINGS {
        let headers: Vec<(&str, &str)> = received
            .headers
            .iter()
            .map(|(name, value)| {
                let shorten = reading.host_without_port && name.eq_ignore_ascii_case("host");
                (*name, if shorten { without_port(host) } else { *value })
            })
            .collect();
        let read = Received {
            headers: &headers,
            ..*received
        };
        let expected = if reading.service_from_host {
            label
        } else {
            service
        };
        let lenient = verify(&read, Some(expected), now_ms, &lookup);
        // Signed rightly, if perhaps too long ago: then that is what is wrong with it.
        if lenient.problems.iter().all(|it| it.check == Check::Window) {
            return (lenient, reading.name);
        }
    }
    (found, "")
}

/// `[::1]:80` and `localhost:80` lose their ports; `[::1]` has none.
fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn only_a_port_is_taken_away() {
        let check = |host, expected| assert_eq!(without_port(host), expected);
        check("127.0.0.1:4180", "127.0.0.1");
        check("localhost", "localhost");
        check("[::1]:4180", "[::1]");
        check("[::1]", "[::1]");
        check("", "");
    }
}
