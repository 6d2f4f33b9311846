//! The hosts of a service (*Request Structure*). The service of the scope is never guessed from one.

use crate::errors::Problems;
use crate::text::{push_lower, within};

/// The host of a service at an endpoint: `nearest` (also when empty), `regional`, `internal`, `international`.
pub(super) fn host(service: &str, endpoint: &str, region: &str, problems: &mut Problems) -> String {
    let middle = match endpoint {
        "" | "nearest" => "",
        "internal" => ".internal",
        "international" => ".intl",
        "regional" => ".",
        _ => {
            let message = "must be `nearest`, `regional`, `internal` or `international`";
            problems.value("endpoint", message);
            ""
        }
    };
    let mut host = String::new();
    push_lower(&mut host, service);
    host.push_str(middle);
    if middle == "." {
        if region.is_empty() {
            let message = "must be given, since the regional endpoint carries its name";
            problems.push("region", "Missing", message);
        } else if !within(region, b"azAZ09--") {
            let message = "must be letters, digits and `-`, such as `ap-guangzhou`";
            problems.value("region", message);
        }
        push_lower(&mut host, region);
    }
    host.push_str(".tencentcloudapi.com");
    host
}

#[cfg(test)]
mod tests {
    use super::{Problems, host};

    fn made(endpoint: &str, region: &str) -> Result<String, Problems> {
        let mut problems = Problems::default();
        let host = host("Iotvideo", endpoint, region, &mut problems);
        if problems.is_empty() {
            return Ok(host);
        }
        Err(problems)
    }

    #[test]
    fn each_endpoint_has_its_host() {
        let check = |endpoint, expected: &str| {
            assert_eq!(made(endpoint, "ap-guangzhou").as_deref(), Ok(expected));
        };
        check("", "iotvideo.tencentcloudapi.com");
        check("nearest", "iotvideo.tencentcloudapi.com");
        check("regional", "iotvideo.ap-guangzhou.tencentcloudapi.com");
        check("internal", "iotvideo.internal.tencentcloudapi.com");
        check("international", "iotvideo.intl.tencentcloudapi.com");
        let wrong = |endpoint, region, path| {
            let problems = made(endpoint, region).expect_err(path);
            let paths: Vec<&str> = problems.iter().map(|[path, ..]| path).collect();
            assert_eq!(paths, [path]);
        };
        wrong("regional", "", "region");
        wrong("regional", "a/b", "region");
        wrong("moon", "r", "endpoint");
    }
}
