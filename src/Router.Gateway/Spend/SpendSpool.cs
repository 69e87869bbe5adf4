namespace RouterGen.Gateway.Spend;

/// <summary>
/// Rows on disk that the store could not take: files of records, each with its length and a checksum, that only grow, and are deleted when the store has all of their rows. What is appended is on the
/// disk when that returns. A record that was being written when the process was killed is ignored. The folder is one process's at a time. Not thread-safe.
/// </summary>
/// <param name="folder">The folder; made where it is missing, for its owner alone.</param>
/// <param name="maxBytes">The most bytes of all files together.</param>
internal sealed class SpendSpool(string folder, long maxBytes) : IDisposable
{
    private const long SegmentBytes = 8 * 1024 * 1024;
    private const string Pattern = "spend-*.spool";

    private readonly Queue<SpoolSegment> _segments = new();
    private readonly MemoryStream _buffer = new();
    private FileStream? _lock;
    private FileStream? _writer;
    private SpoolReader? _reader;
    private long _bytes;
    private long _last;

    /// <summary>Gets whether there are no rows.</summary>
    public bool IsEmpty => _segments.Count == 0;

    /// <summary>Opens the folder, unless it is open.</summary>
    /// <exception cref="IOException">Another process has it, or it cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be used.</exception>
    public void Open()
    {
        if (_lock is not null) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (FileInfo file in new DirectoryInfo(folder).GetFiles(Pattern).OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            _segments.Enqueue(new SpoolSegment(file.FullName, IsOwn: false));
            _bytes += file.Length;
            if (long.TryParse(file.Name.AsSpan(6, file.Name.Length - 12), out long number)) _last = Math.Max(_last, number);
        }
    }

    /// <summary>Appends rows, as many as there is room for.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>How many are on the disk now: the first ones.</returns>
    /// <exception cref="IOException">They cannot be written, as where the disk is full: none of them is there.</exception>
    public int Append(IReadOnlyList<GatewaySpend> rows)
    {
        FileStream writer = _writer ??= NewSegment();
        long before = writer.Length;
        int count = 0;
        _buffer.SetLength(0);
        foreach (GatewaySpend row in rows)
        {
            long length = _buffer.Length;
            SpoolRecord.Write(_buffer, row);
            if (_bytes + _buffer.Length > maxBytes)
            {
                _buffer.SetLength(length);
                break;
            }

            count++;
        }

        try
        {
            writer.Write(_buffer.GetBuffer(), 0, (int)_buffer.Length);
            writer.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            Abandon(writer, before);
            throw;
        }

        _bytes += _buffer.Length;
        if (_buffer.Capacity > SegmentBytes) _buffer.Capacity = 0;
        if (writer.Length >= SegmentBytes) CloseWriter();
        return count;
    }

    /// <summary>Reads rows, the oldest first; the same ones until <see cref="Advance"/>.</summary>
    /// <param name="most">The most rows.</param>
    /// <param name="unreadable">Is told of bytes at the end of a file that are no whole record, and where the file is kept; null where they are a part of one and the file is deleted.</param>
    /// <returns>The rows, and whether this process appended them; null where there are none.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public (IReadOnlyList<GatewaySpend> Rows, bool IsOwn)? Read(int most, Action<long, string?> unreadable)
    {
        while (_segments.TryPeek(out SpoolSegment? segment))
        {
            if (_reader is null)
            {
                if (_segments.Count == 1) CloseWriter(); // What comes now goes into another file.
                _reader = new SpoolReader(File.ReadAllBytes(segment.Path));
            }

            if (_reader.Read(most) is { Count: > 0 } rows) return (rows, segment.IsOwn);
            Remove(segment, _reader, unreadable);
        }

        return null;
    }

    /// <summary>Has the store's word for what was read last.</summary>
    public void Advance() => _reader?.Advance();

    /// <summary>Closes the files. Rows stay.</summary>
    public void Dispose()
    {
        CloseWriter();
        _lock?.Dispose();
        _lock = null;
        _buffer.Dispose();
    }

    private FileStream NewSegment()
    {
        string path = Path.Combine(folder, FormattableString.Invariant($"spend-{++_last:D16}.spool"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
        _segments.Enqueue(new SpoolSegment(path, IsOwn: true));
        return stream;
    }

    // Back to where the file was; where that fails too, what comes next goes into another file, and a part of a record is ignored.
    private void Abandon(FileStream writer, long length)
    {
        try
        {
            writer.SetLength(length);
            writer.Position = length;
        }
        catch (IOException)
        {
            CloseWriter();
        }
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private void Remove(SpoolSegment segment, SpoolReader reader, Action<long, string?> unreadable)
    {
        _segments.Dequeue();
        _reader = null;
        _bytes -= reader.Length;
        string? kept = null;
        if (reader.IsTorn) File.Delete(segment.Path);
        else File.Move(segment.Path, kept = segment.Path + ".damaged", overwrite: true); // For people: no program reads it again.
        if (reader.Unreadable > 0) unreadable(reader.Unreadable, kept);
    }

    private sealed record SpoolSegment(string Path, bool IsOwn);
}
