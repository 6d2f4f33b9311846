//! What an instance keeps between calls: its two buffers, the signing keys, the tables.

use super::values::Values;
use crate::errors::Problems;
#[cfg(any(feature = "signer", feature = "inspect"))]
use crate::tc3::KeyCache;
#[cfg(feature = "signer")]
use crate::tc3::digest::{Digest, push_digest};
use core::cell::UnsafeCell;
use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
#[cfg(feature = "signer")]
use sha2::Sha256;

/// The standard library's allocator weighs more than all that signs.
// SAFETY: a module of WebAssembly without threads has one.
#[global_allocator]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

/// What an exported function works on beside its parts.
pub(super) struct State {
    #[cfg(any(feature = "signer", feature = "inspect"))]
    pub keys: KeyCache,
    /// Of a body that comes in pieces; none before the first.
    #[cfg(feature = "signer")]
    pub body: Option<Sha256>,
    #[cfg(feature = "client")]
    pub tables: Vec<crate::service::Table<'static>>,
    /// The stream that an instance of its own reads.
    #[cfg(feature = "client")]
    pub events: crate::response::Events,
}

struct Module {
    input: Vec<u8>,
    output: Vec<u8>,
    #[cfg(feature = "signer")]
    signature: String,
    state: State,
}

/// The one module of an instance.
struct Instance(UnsafeCell<Module>);

// SAFETY: a module of WebAssembly without threads has one.
unsafe impl Sync for Instance {}

static INSTANCE: Instance = Instance(UnsafeCell::new(Module {
    input: Vec::new(),
    output: Vec::new(),
    #[cfg(feature = "signer")]
    signature: String::new(),
    state: State {
        #[cfg(any(feature = "signer", feature = "inspect"))]
        keys: KeyCache::new(),
        #[cfg(feature = "signer")]
        body: None,
        #[cfg(feature = "client")]
        tables: Vec::new(),
        #[cfg(feature = "client")]
        events: crate::response::Events::new(),
    },
}));

/// The module, for as long as one exported function runs.
// SAFETY: exported functions do not call each other, and the one imported function does not call back.
fn module() -> &'static mut Module {
    unsafe { &mut *INSTANCE.0.get() }
}

/// Makes room for `length` bytes of input and says where.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    let input = &mut module().input;
    if input.len() < length {
        input.resize(length, 0);
    }
    input.as_mut_ptr()
}

/// Where the last function left its bytes.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    module().output.as_ptr()
}

/// Forgets every signing key.
#[cfg(any(feature = "signer", feature = "inspect"))]
#[unsafe(no_mangle)]
pub extern "C" fn clear_keys() {
    module().state.keys.clear();
    scrub_stack();
}

/// Overwrites the part of the stack where the last call kept its copy of a key.
#[cfg(any(feature = "signer", feature = "inspect", feature = "legacy"))]
#[inline(never)]
pub(super) fn scrub_stack() {
    let mut below = [0_u8; 8192];
    zeroize::Zeroize::zeroize(&mut below);
}

/// What decodes the parts, calls one function of the core, and encodes what it gives.
type Function<'a> = dyn FnMut(&mut State, [&[u8]; 4]) -> Result<Values, Problems> + 'a;

/// Runs one function over the input's parts (an absent one has no length), and zeroes the input; the output is zeroed by who
/// reads it.
pub(super) fn run(lengths: [usize; 4], function: &mut Function<'_>) -> i32 {
    let Module {
        input,
        output,
        state,
        ..
    } = module();
    let (parts, left) = split(input, lengths);
    let result = function(state, parts);
    // An earlier call left no secret behind these.
    let used = input.len() - left;
    wipe(&mut input[..used]);
    let sign = if result.is_ok() { 1 } else { -1 };
    *output = result.unwrap_or_else(Problems::into_text).into_bytes();
    i32::try_from(output.len()).unwrap_or(i32::MAX) * sign
}

/// Runs a function of parts without a secret, which need not be zeroed, and says where the digits of the signature are that it
/// gives; 0 where it gives none.
#[cfg(feature = "signer")]
pub(super) fn run_quickly<const PARTS: usize>(
    lengths: [usize; PARTS],
    function: impl FnOnce(&mut State, [&[u8]; PARTS]) -> Option<Digest>,
) -> usize {
    let Some(digest) = look(lengths, function) else {
        return 0;
    };
    let signature = &mut module().signature;
    signature.clear();
    push_digest(signature, &digest);
    signature.as_ptr() as usize
}

/// Zeroes what JavaScript wrote: that memory is its too, so no compiler may leave it out, and it may be megabytes.
fn wipe(input: &mut [u8]) {
    input.fill(0);
}

/// Asks a question about parts, and zeroes them.
#[cfg(feature = "client")]
pub(super) fn ask<const PARTS: usize>(
    lengths: [usize; PARTS],
    question: impl FnOnce(&State, [&[u8]; PARTS]) -> bool,
) -> bool {
    let answer = look(lengths, |state, parts| question(state, parts));
    let input = &mut module().input;
    let used = lengths.iter().sum::<usize>().min(input.len());
    wipe(&mut input[..used]);
    answer
}

/// What a function of parts without a secret gives.
#[cfg(any(feature = "signer", feature = "inspect"))]
pub(super) fn look<const PARTS: usize, T>(
    lengths: [usize; PARTS],
    function: impl FnOnce(&mut State, [&[u8]; PARTS]) -> T,
) -> T {
    let Module { input, state, .. } = module();
    let (parts, _) = split(input, lengths);
    function(state, parts)
}

/// The input's parts, and how many bytes are left behind them.
fn split<const PARTS: usize>(input: &[u8], lengths: [usize; PARTS]) -> ([&[u8]; PARTS], usize) {
    let mut rest = input;
    let parts = lengths.map(|length| {
        let (part, behind) = rest.split_at_checked(length).unwrap_or_default();
        rest = behind;
        part
    });
    (parts, rest.len())
}
