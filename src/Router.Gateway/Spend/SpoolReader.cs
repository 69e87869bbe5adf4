namespace RouterGen.Gateway.Spend;

/// <summary>Reads the rows of a file, some at a time.</summary>
/// <param name="bytes">All of it.</param>
internal sealed class SpoolReader(byte[] bytes)
{
    private readonly List<GatewaySpend> _rows = [];
    private int _next;

    /// <summary>Gets the length of the file.</summary>
    public long Length => bytes.Length;

    /// <summary>Gets how many bytes behind the last row that could be read are no whole record.</summary>
    public long Unreadable => bytes.Length - _next;

    /// <summary>Gets whether these are a part of a record, as of one that was being written when a process was killed. A file that grew before its bytes were on the disk ends with zeros after a loss of power.</summary>
    public bool IsTorn => !Rest.ContainsAnyExcept((byte)0) || Rest.Length < SpoolRecord.HeadLength || (!SpoolRecord.IsWhole(Rest) && BitConverter.ToInt32(Rest) > 0);

    private ReadOnlySpan<byte> Rest => bytes.AsSpan(_next);

    /// <summary>Returns the next rows; the same ones until <see cref="Advance"/>, and none at the end.</summary>
    public IReadOnlyList<GatewaySpend> Read(int most)
    {
        while (_rows.Count < most && SpoolRecord.Read(bytes.AsSpan(_next), out int length) is { } row)
        {
            _rows.Add(row);
            _next += length;
        }

        return [.. _rows];
    }

    /// <summary>Goes on behind the rows that were read last.</summary>
    public void Advance() => _rows.Clear();
}
