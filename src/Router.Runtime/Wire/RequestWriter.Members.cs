using System.Buffers;

namespace RouterGen.Infrastructure;

// A body that is put together of members that are written already.
public sealed partial class RequestWriter
{
    private bool _hasMembers;

    /// <summary>Starts the request's object with members that are known beforehand.</summary>
    /// <param name="prefix">An object without its closing brace: <c>{"model":"gpt-4o-mini"</c>, or <c>{</c> alone.</param>
    public void StartMembers(ReadOnlySpan<byte> prefix)
    {
        _buffer.Write(prefix);
        _hasMembers = prefix.Length > 1;
    }

    /// <summary>Adds a member as it is: its name in quotation marks, a colon, its value.</summary>
    public void AddMember(ReadOnlySpan<byte> member)
    {
        StartMember(member.Length);
        _buffer.Write(member);
    }

    /// <summary>Adds a member with another name, and its value as it is.</summary>
    /// <param name="name">The name as JSON, with a colon behind it.</param>
    /// <param name="value">The value as JSON.</param>
    public void AddMember(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        StartMember(name.Length + value.Length);
        _buffer.Write(name);
        _buffer.Write(value);
    }

    /// <summary>Closes the object.</summary>
    public void EndMembers() => _buffer.Write("}"u8);

    private void StartMember(int length)
    {
        _buffer.GetSpan(length + 2); // grows once for comma, member and the closing brace
        if (_hasMembers) _buffer.Write(","u8);
        _hasMembers = true;
    }
}
