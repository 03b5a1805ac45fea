//! The committed facts, all of them.

use std::path::Path;

use schemas::text::read::{read_folder, read_texts};
use schemas::text::write::{Labels, namespace_texts};

#[test]
fn the_committed_facts_are_read_and_written_back() {
    let facts = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/facts")).unwrap();
    assert!(facts.texts.is_empty());
    let texts = namespace_texts(&facts, &Labels::new()).unwrap();
    let again = read_texts(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap();
    assert!(again == facts);
}
