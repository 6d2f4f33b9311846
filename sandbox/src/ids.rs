//! Identifiers from a seed: the same seed makes the same ones in the same order.

/// A small generator (`SplitMix64`): it need not be secret, only well spread.
#[derive(Debug)]
pub struct Ids {
    state: u64,
}

impl Ids {
    /// Starts from a seed, behind so many lines of the ledger: what was opened again makes other ids than before.
    pub fn new(seed: u64, lines: u64) -> Self {
        let mut state = lines;
        Self {
            state: seed ^ if lines == 0 { 0 } else { mix(&mut state) },
        }
    }

    /// In the form of a UUID.
    pub fn request(&mut self) -> String {
        let (high, low) = (self.draw(), self.draw());
        format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0xfff,
            low & 0xffff_ffff_ffff
        )
    }

    /// 32 hexadecimal digits.
    pub fn service(&mut self) -> String {
        format!("{:016x}{:016x}", self.draw(), self.draw())
    }

    /// Decimal digits, as the service's `AccessId`s have.
    pub fn user(&mut self) -> String {
        self.draw().to_string()
    }

    fn draw(&mut self) -> u64 {
        mix(&mut self.state)
    }
}

/// The next word of a generator.
pub fn mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_follow_from_the_seed_and_have_their_form() {
        let make = |seed| {
            let mut ids = Ids::new(seed, 0);
            [ids.request(), ids.service()]
        };
        let [request, service] = make(7);
        assert_eq!(make(7), [request.clone(), service.clone()]);
        assert_ne!(make(8), make(7));
        assert_ne!(Ids::new(7, 1).request(), request);
        let lengths: Vec<usize> = request.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(service.len(), 32);
    }
}
