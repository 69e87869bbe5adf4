using System.Net;
using System.Net.Sockets;

namespace RouterGen.Gateway.Keys;

/// <summary>
/// Slows those who guess keys: an address that sent too many different wrong ones waits, for a second at first, then twice as long for each further one. The table has a limit: where it is full,
/// addresses that were wrong the longest time ago are forgotten. Thread-safe.
/// </summary>
/// <param name="most">How many wrong keys an address may send before it waits.</param>
/// <param name="time">The clock.</param>
internal sealed class WrongKeys(int most, TimeProvider time)
{
    private const int MostAddresses = 10_000;
    private const int MostDoublings = 10;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, (int Count, DateTimeOffset Last)> _addresses = [];
    private volatile int _count;

    /// <summary>Notes a wrong key, which the address did not send a moment ago.</summary>
    public void Note(IPAddress? address)
    {
        IPAddress network = NetworkOf(address);
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            int before = _addresses.TryGetValue(network, out (int Count, DateTimeOffset Last) known) && now - known.Last < LongestWait ? known.Count : 0;
            if (!_addresses.ContainsKey(network) && _addresses.Count >= MostAddresses) Forget();
            _addresses[network] = (before + 1, now);
            _count = _addresses.Count;
        }
    }

    /// <summary>Returns how long an address waits; null where it does not.</summary>
    public TimeSpan? WaitOf(IPAddress? address)
    {
        if (_count == 0) return null;
        lock (_gate)
        {
            if (!_addresses.TryGetValue(NetworkOf(address), out (int Count, DateTimeOffset Last) known) || known.Count < most) return null;
            TimeSpan whole = TimeSpan.FromSeconds(1 << Math.Min(known.Count - most, MostDoublings));
            TimeSpan left = known.Last + (whole < LongestWait ? whole : LongestWait) - time.GetUtcNow();
            return left > TimeSpan.Zero ? left : null;
        }
    }

    // An eighth at a time, so that what a look at all of them costs is spread over those that come.
    private void Forget()
    {
        foreach (IPAddress address in _addresses.OrderBy(static one => one.Value.Last).Take(MostAddresses / 8).Select(static one => one.Key).ToArray()) _addresses.Remove(address);
    }

    // A customer of a provider has a whole network of the sixth version, of 64 bits.
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
