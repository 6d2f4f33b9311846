//! Identifiers from a seed: the same seed makes the same ones in the same order.

/// A small generator (`SplitMix64`): it need not be secret, only well spread.
#[derive(Debug)]
pub struct Ids {
    state: u64,
    orders: u64,
}

impl Ids {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            orders: 0,
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

    /// Decimal digits, counted up.
    pub fn order(&mut self) -> String {
        self.orders += 1;
        (1000 + self.orders).to_string()
    }

    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_follow_from_the_seed_and_have_their_form() {
        let make = |seed| {
            let mut ids = Ids::new(seed);
            [ids.request(), ids.service(), ids.order(), ids.order()]
        };
        let [request, service, first, second] = make(7);
        assert_eq!(make(7), [request.clone(), service.clone(), first, second]);
        assert_ne!(make(8)[..2], [request.clone(), service.clone()]);
        let lengths: Vec<usize> = request.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(service.len(), 32);
        assert_eq!([&make(7)[2], &make(7)[3]], ["1001", "1002"]);
    }
}
