//! Memory that a peak took and nothing uses any more: the system's allocator keeps it unless it is told to give it back.

/// Gives it back to the system. Takes some milliseconds after a peak of 100 MB; for when nobody waits.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "the only way to tell the C library")]
pub(super) fn give_back() {
    // SAFETY: the function reads and writes nothing but the allocator's own records, under the allocator's locks, and
    // takes no pointer. Memory that is in use stays as it is. The program's allocator is this one or uses none of it.
    unsafe {
        libc::malloc_trim(0);
    }
}

/// Elsewhere the allocator does so itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back() {}
