//! What every document needs is read while the client makes up its mind.

use std::sync::Once;
use std::thread;

use crate::azapi::provider::Provider;
use crate::parallel;
use crate::schema::Schema;

/// Begins, on a thread of its own; once, however often it is called. It is no more than a millisecond's work: the client
/// may open a document at once, which then has the processors.
pub(super) fn start() {
    parallel::prepare_memory();
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        // Without a thread the first answers take their time, no more.
        let _ = thread::Builder::new().name("warm-up".to_owned()).spawn(|| {
            parallel::threads();
            Provider::get();
            Schema::bundled();
        });
    });
}
