//! Whether the scans of a JPEG hold all of its picture (ITU-T T.81, annexes F and G).
//!
//! Decoders make grey of what is missing and say nothing. So the codes of each scan are walked through once, without a
//! pixel made of them: each block must have its codes, and nothing may be left over.

use super::Fault;

/// As many scans as decoders take: a file of scans that hold next to nothing would keep one busy for hours.
const MOST_SCANS: usize = 100;
/// Coefficients of a block.
const BLOCK: u8 = 64;

/// One of the colours of a picture.
#[derive(Debug)]
pub(super) struct Component {
    /// Its name in the headers of scans.
    pub(super) id: u8,
    /// Blocks of it in a unit, across and down.
    across: u32,
    down: u32,
}

/// The header of a picture.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: Vec<Component>,
    is_progressive: bool,
}

impl Frame {
    /// Reads the header after `marker`.
    ///
    /// # Errors
    /// [`Fault::Kind`] for what is no 8-bit Huffman-coded DCT, [`Fault::Damaged`] for what contradicts itself.
    pub(super) fn read(marker: u8, body: &[u8]) -> Result<Self, Fault> {
        let &[precision, h1, h0, w1, w0, count, ref rest @ ..] = body else { return Err(damaged()) };
        if !matches!(marker, 0xc0..=0xc2) || precision != 8 {
            return Err(Fault::Kind);
        }
        let components: Vec<Component> = rest
            .chunks_exact(3)
            .map(|it| Component { id: it[0], across: u32::from(it[1] >> 4), down: u32::from(it[1] & 15) })
            .collect();
        let (width, height) = (u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into());
        let is_sampled = |it: &Component| (1..=4).contains(&it.across) && (1..=4).contains(&it.down);
        if width == 0 || height == 0 || components.len() != usize::from(count) || !components.iter().all(is_sampled) {
            return Err(damaged());
        }
        if !matches!(count, 1 | 3 | 4) {
            return Err(Fault::Kind);
        }
        Ok(Frame { width, height, components, is_progressive: marker == 0xc2 })
    }

    /// Units of a scan of several components, across and down.
    fn units(&self) -> (u32, u32) {
        let most = |of: fn(&Component) -> u32| self.components.iter().map(of).max().unwrap_or(1);
        (self.width.div_ceil(8 * most(|it| it.across)), self.height.div_ceil(8 * most(|it| it.down)))
    }

    /// Blocks that a component has in a scan of its own.
    fn blocks(&self, component: &Component) -> usize {
        let most = |of: fn(&Component) -> u32| self.components.iter().map(of).max().unwrap_or(1);
        let across = (self.width * component.across).div_ceil(8 * most(|it| it.across));
        let down = (self.height * component.down).div_ceil(8 * most(|it| it.down));
        across as usize * down as usize
    }
}

/// A Huffman table as its canonical codes (T.81, F.2.2.3).
#[derive(Clone, Debug)]
struct Table {
    /// For each length from 1: the first code, the number of codes, and where their values begin.
    lengths: [(u32, u32, usize); 16],
    values: Vec<u8>,
}

/// The scans so far.
pub(super) struct Scans<'f> {
    frame: &'f Frame,
    dc: [Option<Table>; 4],
    ac: [Option<Table>; 4],
    /// Units between two restarts; 0 for none.
    restart: usize,
    scans: usize,
    /// Of each component: how many bits of each coefficient no scan told yet.
    open: Vec<[u8; BLOCK as usize]>,
    /// Of each component of a progressive picture: which coefficients of each block are not zero.
    known: Vec<Vec<u64>>,
}

impl<'f> Scans<'f> {
    pub(super) fn new(frame: &'f Frame) -> Self {
        let count = frame.components.len();
        Scans {
            frame,
            dc: [const { None }; 4],
            ac: [const { None }; 4],
            restart: 0,
            scans: 0,
            open: vec![[u8::MAX; BLOCK as usize]; count],
            known: vec![Vec::new(); count],
        }
    }

    /// Takes a segment: tables are kept, scans walked through, others let pass.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where a scan lacks codes, or holds other ones.
    pub(super) fn take(&mut self, marker: u8, body: &[u8], data: &[u8]) -> Result<(), Fault> {
        match (marker, body) {
            (0xc4, _) => self.tables(body),
            (0xdd, &[high, low, ..]) => {
                self.restart = u16::from_be_bytes([high, low]).into();
                Ok(())
            }
            (0xda, _) => {
                self.scans += 1;
                if self.scans > MOST_SCANS {
                    return Err(Fault::Kind);
                }
                self.scan(body, data)
            }
            _ => Ok(()),
        }
    }

    /// Tells whether all was there.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where a component lacks a scan, or the end of a progressive picture is not marked.
    pub(super) fn finish(&self, has_end: bool) -> Result<(), Fault> {
        let is_told = self.open.iter().flatten().all(|&open| open == 0);
        let is_whole = is_told && (has_end || !self.frame.is_progressive);
        if is_whole { Ok(()) } else { Err(Fault::Damaged("it is cut short".into())) }
    }

    fn tables(&mut self, mut body: &[u8]) -> Result<(), Fault> {
        while let Some((&[class, ref counts @ ..], rest)) = body.split_first_chunk::<17>() {
            let total = counts.iter().map(|&count| usize::from(count)).sum();
            let (values, rest) = rest.split_at_checked(total).ok_or_else(damaged)?;
            let tables = if class >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(class & 15)).ok_or_else(damaged)? = Some(Table::new(counts, values));
            body = rest;
        }
        Ok(())
    }

    fn scan(&mut self, body: &[u8], data: &[u8]) -> Result<(), Fault> {
        let (&count, rest) = body.split_first().ok_or_else(damaged)?;
        let (selectors, rest) = rest.split_at_checked(2 * usize::from(count)).ok_or_else(damaged)?;
        let &[start, end, approximation, ..] = rest else { return Err(damaged()) };
        let scan = Band { start, end, is_first: approximation >> 4 == 0 };
        let mut parts = Vec::new();
        for selector in selectors.chunks_exact(2) {
            let index = self.frame.components.iter().position(|component| component.id == selector[0]);
            let index = index.ok_or_else(damaged)?;
            match self.open[index].get_mut(usize::from(start)..=usize::from(end)) {
                Some(open) if self.frame.is_progressive => open.fill(approximation & 15),
                _ => self.open[index].fill(0),
            }
            parts.push((index, usize::from(selector[1] >> 4), usize::from(selector[1] & 15)));
        }
        if parts.is_empty() || parts.len() > 4 || (self.frame.is_progressive && !scan.is_sound(parts.len())) {
            return Err(damaged());
        }
        self.walk(&parts, &scan, data)
    }

    /// Walks through the codes of a scan, unit by unit.
    fn walk(&mut self, parts: &[(usize, usize, usize)], band: &Band, data: &[u8]) -> Result<(), Fault> {
        let frame = self.frame;
        let (units, alone) = match parts {
            [(only, ..)] => (frame.blocks(&frame.components[*only]), Some(*only)),
            _ => {
                let (across, down) = frame.units();
                (across as usize * down as usize, None)
            }
        };
        // Only a scan of a single component has coefficients that are told in several scans.
        let mut known = alone.map(|only| std::mem::take(&mut self.known[only])).unwrap_or_default();
        if frame.is_progressive && band.start > 0 {
            known.resize(units, 0);
        }
        let mut bits = Bits { data, at: 0, byte: 0, left: 0 };
        let mut run = 0;
        for unit in 0..units {
            if self.restart > 0 && unit > 0 && unit.is_multiple_of(self.restart) {
                bits.restart()?;
                run = 0;
            }
            for &(index, dc, ac) in parts {
                let component = &frame.components[index];
                let blocks = if alone.is_some() { 1 } else { component.across * component.down };
                let (dc, ac) = (self.dc.get(dc).and_then(Option::as_ref), self.ac.get(ac).and_then(Option::as_ref));
                for _ in 0..blocks {
                    match (frame.is_progressive, band.start) {
                        (false, _) => bits.block(dc.ok_or_else(damaged)?, ac.ok_or_else(damaged)?)?,
                        (true, 0) if band.is_first => bits.difference(dc.ok_or_else(damaged)?)?,
                        (true, 0) => bits.skip(1)?,
                        (true, _) => {
                            let known = known.get_mut(unit).ok_or_else(damaged)?;
                            bits.band(ac.ok_or_else(damaged)?, band, &mut run, known)?;
                        }
                    }
                }
            }
        }
        if let Some(only) = alone {
            self.known[only] = known;
        }
        bits.end()
    }
}

/// The coefficients that a progressive scan tells.
struct Band {
    start: u8,
    end: u8,
    /// Whether it tells them for the first time, and not one more bit of them.
    is_first: bool,
}

impl Band {
    fn is_sound(&self, components: usize) -> bool {
        if self.start == 0 { self.end == 0 } else { self.start <= self.end && self.end < BLOCK && components == 1 }
    }
}

impl Table {
    fn new(counts: &[u8; 16], values: &[u8]) -> Self {
        let (mut code, mut at) = (0, 0);
        let lengths = counts.map(|count| {
            let here = (code, u32::from(count), at);
            code = (code + u32::from(count)) << 1;
            at += usize::from(count);
            here
        });
        Table { lengths, values: values.to_vec() }
    }
}

/// The bits of a scan, without the zeros that are stuffed after 0xff.
struct Bits<'d> {
    data: &'d [u8],
    at: usize,
    byte: u8,
    left: u8,
}

impl Bits<'_> {
    fn bit(&mut self) -> Result<u32, Fault> {
        if self.left == 0 {
            self.byte = *self.data.get(self.at).ok_or_else(ended)?;
            self.at += 1;
            if self.byte == 0xff {
                // Anything else is a marker.
                self.data.get(self.at).filter(|&&next| next == 0).ok_or_else(ended)?;
                self.at += 1;
            }
            self.left = 8;
        }
        self.left -= 1;
        Ok(u32::from(self.byte >> self.left & 1))
    }

    fn skip(&mut self, count: u8) -> Result<(), Fault> {
        (0..count).try_for_each(|_| self.bit().map(drop))
    }

    fn number(&mut self, count: u8) -> Result<u32, Fault> {
        (0..count).try_fold(0, |number, _| Ok(number << 1 | self.bit()?))
    }

    fn symbol(&mut self, table: &Table) -> Result<u8, Fault> {
        let mut code = 0;
        for &(first, count, values) in &table.lengths {
            code = code << 1 | self.bit()?;
            if let Some(at) = code.checked_sub(first).filter(|&at| at < count) {
                return table.values.get(values + at as usize).copied().ok_or_else(damaged);
            }
        }
        Err(damaged())
    }

    /// The difference to the block before, as the first coefficient is told.
    fn difference(&mut self, dc: &Table) -> Result<(), Fault> {
        let size = self.symbol(dc)?;
        if size > 16 {
            return Err(damaged());
        }
        self.skip(size)
    }

    /// A whole block of a sequential picture (F.2.2).
    fn block(&mut self, dc: &Table, ac: &Table) -> Result<(), Fault> {
        self.difference(dc)?;
        let mut k = 1;
        while k < BLOCK {
            let symbol = self.symbol(ac)?;
            match (symbol >> 4, symbol & 15) {
                (15, 0) => k += 16,
                (_, 0) => break,
                (zeros, size) => {
                    self.skip(size)?;
                    k += zeros + 1;
                }
            }
        }
        if k <= BLOCK { Ok(()) } else { Err(damaged()) }
    }

    /// A band of a block of a progressive picture (G.1.2.2, G.1.2.3); `run` blocks that end the band are still to come.
    fn band(&mut self, ac: &Table, band: &Band, run: &mut u32, known: &mut u64) -> Result<(), Fault> {
        let mut k = band.start;
        while *run == 0 && k <= band.end {
            let symbol = self.symbol(ac)?;
            let (zeros, size) = (symbol >> 4, symbol & 15);
            if size == 0 && zeros < 15 {
                *run = (1 << zeros) + self.number(zeros)?;
                break;
            }
            if !band.is_first && size > 1 {
                return Err(damaged());
            }
            self.skip(size)?;
            k = self.zeros(k, zeros, band, *known)?;
            if size > 0 {
                *known |= 1_u64.checked_shl(k.into()).ok_or_else(damaged)?;
            }
            k += 1;
        }
        if *run > 0 {
            if !band.is_first && k <= band.end {
                self.zeros(k, BLOCK, band, *known)?;
            }
            *run -= 1;
        }
        Ok(())
    }

    /// The place after `zeros` coefficients that stay zero; each that is known on the way is told one more bit.
    fn zeros(&mut self, mut k: u8, mut zeros: u8, band: &Band, known: u64) -> Result<u8, Fault> {
        if band.is_first {
            return Ok(k + zeros);
        }
        while k <= band.end {
            if known >> k & 1 == 1 {
                self.skip(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            k += 1;
        }
        Ok(k)
    }

    /// A restart: what is left of the byte is filled up, and a marker follows.
    fn restart(&mut self) -> Result<(), Fault> {
        self.left = 0;
        while self.data.get(self.at..self.at + 2) == Some(&[0xff, 0xff]) {
            self.at += 1;
        }
        let is_restart = matches!(self.data.get(self.at..self.at + 2), Some(&[0xff, 0xd0..=0xd7]));
        self.at += 2;
        if is_restart { Ok(()) } else { Err(ended()) }
    }

    /// After the last unit there is nothing but filling.
    fn end(&self) -> Result<(), Fault> {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let is_filling = rest.iter().all(|byte| matches!(byte, 0x00 | 0xff | 0xd0..=0xd7));
        if is_filling { Ok(()) } else { Err(damaged()) }
    }
}

fn damaged() -> Fault {
    Fault::Damaged("its codes make no picture".into())
}

fn ended() -> Fault {
    Fault::Damaged("a part of its picture is missing".into())
}
