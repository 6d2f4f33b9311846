//! A message that is hashed again and again, each time with another end.

use super::digest::Digest;
use sha2::block_api::compress256;
use zeroize::Zeroize;

/// SHA-256 works on blocks of so many bytes.
pub(super) const BLOCK: usize = 64;

/// The first 32 bits of the fractional parts of the square roots of the first eight primes (FIPS 180-4).
pub(super) const START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The whole blocks of what never changes are hashed already; what is left of it is padded already.
pub(super) struct Message {
    state: [u32; 8],
    left: Vec<u8>,
    /// Where the message ends in what is left: behind it is the padding.
    end: usize,
}

impl Message {
    /// What stays, and what stands behind it at first.
    pub fn new(stays: &[u8], behind: &[u8]) -> Self {
        let (blocks, begun) = stays.as_chunks();
        let mut state = START;
        compress256(&mut state, blocks);
        let mut left = [begun, behind, &[0x80]].concat();
        let end = left.len() - 1;
        let bits = (stays.len() + behind.len()) as u64 * 8;
        while left.len() % BLOCK != BLOCK - 8 {
            left.push(0);
        }
        left.extend(bits.to_be_bytes());
        Self { state, left, end }
    }

    /// SHA-256 of the whole message.
    pub fn hash(&self) -> Digest {
        let mut state = self.state;
        compress256(&mut state, self.left.as_chunks().0);
        let mut digest = [0; 32];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(state) {
            *bytes = word.to_be_bytes();
        }
        digest
    }

    /// The last bytes, to be written anew.
    pub fn end<const LENGTH: usize>(&mut self) -> &mut [u8; LENGTH] {
        self.at(self.end - LENGTH)
    }

    /// Some of what is left, to be written anew.
    pub fn at<const LENGTH: usize>(&mut self, at: usize) -> &mut [u8; LENGTH] {
        let bytes = self
            .left
            .get_mut(at..)
            .and_then(|rest| rest.first_chunk_mut());
        bytes.expect("it was laid out so")
    }
}

impl Drop for Message {
    fn drop(&mut self) {
        self.state.zeroize();
        self.left.as_mut_slice().zeroize();
    }
}
