//! What every document needs is read while the client makes up its mind.

use crate::azapi::provider::Provider;
use crate::parallel;
use crate::schema::Schema;

/// Begins, on a thread that requests have later. It is no more than a millisecond's work: the client may open a document
/// at once, which then has the processors.
pub(super) fn start() {
    parallel::prepare_memory();
    drop(tokio::task::spawn_blocking(|| {
        parallel::threads();
        Provider::get();
        Schema::bundled();
    }));
}
