//! Which type refers to which, in flat arrays: what sharing and fingerprints walk.

/// Edges of a graph whose vertices are `0..len`, in the order they were stated.
pub(crate) struct Graph {
    /// Vertex `n` has the targets `targets[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Graph {
    /// `each` is called once a vertex and hands over its targets, repeated ones included.
    pub(crate) fn new(len: usize, mut each: impl FnMut(u32, &mut Vec<u32>)) -> Self {
        let mut starts = Vec::with_capacity(len + 1);
        let mut targets = Vec::new();
        for vertex in 0..len {
            starts.push(index(targets.len()));
            each(index(vertex), &mut targets);
        }
        starts.push(index(targets.len()));
        Self { starts, targets }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn targets(&self, vertex: u32) -> &[u32] {
        let at = vertex as usize;
        &self.targets[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Every vertex from which no cycle can be reached, each after all its targets; the rest are the
    /// vertices that reach one, in ascending order.
    pub(crate) fn leaves_first(&self) -> (Vec<u32>, Vec<u32>) {
        let reversed = self.reversed();
        let mut pending: Vec<u32> = (0..self.len()).map(|it| self.starts[it + 1] - self.starts[it]).collect();
        let mut order: Vec<u32> = (0..index(self.len())).filter(|it| pending[*it as usize] == 0).collect();
        let mut next = 0;
        while next < order.len() {
            for source in reversed.targets(order[next]) {
                let left = &mut pending[*source as usize];
                *left -= 1;
                if *left == 0 {
                    order.push(*source);
                }
            }
            next += 1;
        }
        let cyclic = (0..index(self.len())).filter(|it| pending[*it as usize] > 0).collect();
        (order, cyclic)
    }

    /// For each vertex whether it is one of these or leads to one.
    pub(crate) fn leading_to(&self, wanted: impl Fn(u32) -> bool) -> Vec<bool> {
        let reversed = self.reversed();
        let mut leads = vec![false; self.len()];
        let mut open: Vec<u32> = (0..index(self.len())).filter(|it| wanted(*it)).collect();
        while let Some(vertex) = open.pop() {
            if !std::mem::replace(&mut leads[vertex as usize], true) {
                open.extend(reversed.targets(vertex));
            }
        }
        leads
    }

    fn reversed(&self) -> Self {
        let mut starts = vec![0_u32; self.len() + 1];
        for target in &self.targets {
            starts[*target as usize + 1] += 1;
        }
        for at in 0..self.len() {
            starts[at + 1] += starts[at];
        }
        let mut free = starts.clone();
        let mut targets = vec![0; self.targets.len()];
        for source in 0..index(self.len()) {
            for target in self.targets(source) {
                let slot = &mut free[*target as usize];
                targets[*slot as usize] = source;
                *slot += 1;
            }
        }
        Self { starts, targets }
    }
}

/// Ids are 32 bits wide; a package of more than four thousand million types is not read at all.
pub(crate) fn index(len: usize) -> u32 {
    u32::try_from(len).expect("fewer than 2^32 types and references")
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn leaves_come_before_what_refers_to_them() {
        let edges: [&[u32]; 4] = [&[1, 2, 2], &[2], &[], &[0]];
        let graph = Graph::new(4, |it, out| out.extend(edges[it as usize]));
        assert_eq!(graph.leaves_first(), (vec![2, 1, 0, 3], vec![]));
    }

    #[test]
    fn whatever_leads_to_a_vertex_is_found_through_cycles_too() {
        let edges: [&[u32]; 5] = [&[1], &[2, 4], &[1], &[3], &[]];
        let graph = Graph::new(5, |it, out| out.extend(edges[it as usize]));
        assert_eq!(graph.leading_to(|it| it == 4), [true, true, true, false, true]);
        assert_eq!(graph.leading_to(|_| false), [false; 5]);
    }

    #[test]
    fn what_reaches_a_cycle_is_set_apart() {
        let edges: [&[u32]; 5] = [&[1], &[2, 4], &[1], &[3], &[]];
        let graph = Graph::new(5, |it, out| out.extend(edges[it as usize]));
        assert_eq!(graph.leaves_first(), (vec![4], vec![0, 1, 2, 3]));
    }
}
