//! Font files made of others: with other names, other embedding bits, or several in one.

/// Tables with their tags.
type Tables = Vec<([u8; 4], Vec<u8>)>;

/// The tables of a font file by their tags.
fn tables(file: &[u8]) -> Tables {
    let count = usize::from(word(file, 4));
    let records = (0..count).map(|n| &file[12 + n * 16..28 + n * 16]);
    records
        .map(|record| {
            let (from, len) = (long(record, 8) as usize, long(record, 12) as usize);
            (record[..4].try_into().expect("four bytes"), file[from..from + len].to_vec())
        })
        .collect()
}

fn word(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// `file`, all of whose names are `name` and `postscript`, with the embedding bits `bits`.
pub(crate) fn named(file: &[u8], name: &str, postscript: &str, bits: u16) -> Vec<u8> {
    let mut tables = tables(file);
    for (tag, table) in &mut tables {
        match &tag[..] {
            b"name" => *table = names(name, postscript),
            b"OS/2" => {
                // Of version 3, where the bits exclude each other.
                table[..2].copy_from_slice(&3_u16.to_be_bytes());
                table[8..10].copy_from_slice(&bits.to_be_bytes());
            }
            _ => {}
        }
    }
    assembled(&[(long(file, 0), tables)])
}

/// The files as one collection.
pub(crate) fn collection(files: &[Vec<u8>]) -> Vec<u8> {
    let faces: Vec<_> = files.iter().map(|file| (long(file, 0), tables(file))).collect();
    assembled(&faces)
}

/// A table of names: family, full and PostScript name, for Windows in Chinese.
fn names(name: &str, postscript: &str) -> Vec<u8> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (name, postscript) = (utf16(name), utf16(postscript));
    let mut table: Vec<u8> = [0_u16, 3, 6 + 3 * 12].into_iter().flat_map(u16::to_be_bytes).collect();
    for (id, language, len, at) in
        [(1_u16, 0x0804_u16, name.len(), 0), (4, 0x0804, name.len(), 0), (6, 0x0409, postscript.len(), name.len())]
    {
        table.extend([3, 1, language, id, len as u16, at as u16].into_iter().flat_map(u16::to_be_bytes));
    }
    [table, name, postscript].concat()
}

/// One file of one face or several, each with its version and tables.
fn assembled(faces: &[(u32, Tables)]) -> Vec<u8> {
    let head = if faces.len() > 1 { 12 + faces.len() * 4 } else { 0 };
    let lists: usize = faces.iter().map(|(_, tables)| 12 + tables.len() * 16).sum();
    let (mut list, mut data, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    for (version, tables) in faces {
        starts.push((head + list.len()) as u32);
        list.extend(version.to_be_bytes());
        list.extend([tables.len() as u16, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
        for (tag, table) in tables {
            list.extend(tag);
            let at = head + lists + data.len();
            list.extend([0, at as u32, table.len() as u32].into_iter().flat_map(u32::to_be_bytes));
            data.extend_from_slice(table);
            data.resize(data.len().next_multiple_of(4), 0);
        }
    }
    let mut file = Vec::new();
    if head > 0 {
        file.extend(b"ttcf");
        file.extend([0x0001_0000, faces.len() as u32].into_iter().chain(starts).flat_map(u32::to_be_bytes));
    }
    [file, list, data].concat()
}
