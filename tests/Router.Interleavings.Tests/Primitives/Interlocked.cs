using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RouterGen.Interleavings.Tests;

namespace System.Threading;

/// <summary>
/// The operations of the framework's class, as points at which another strand may go on. Only one strand runs at a time, so
/// plain reads and writes are atomic here, unless a <see cref="Fault"/> says otherwise.
/// </summary>
internal static class Interlocked
{
    [return: NotNullIfNotNull(nameof(location))]
    public static T CompareExchange<T>([NotNullIfNotNull(nameof(value))] ref T location, T value, T comparand, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
    {
        var site = new Site("CompareExchange", file, member, line);
        Strand.Reach(site);
        T seen = location;
        bool equal = AreSame(seen, comparand);
        if (equal && Strand.Tears(site)) Strand.Reach(site);
        if (equal && !Strand.Skips(site)) location = value;
        Strand.Reach(site.Behind);
        return seen;
    }

    public static T Exchange<T>(ref T location, T value, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
    {
        var site = new Site("Exchange", file, member, line);
        Strand.Reach(site);
        T seen = location;
        if (Strand.Tears(site)) Strand.Reach(site);
        if (!Strand.Skips(site)) location = value;
        Strand.Reach(site.Behind);
        return seen;
    }

    public static int Add(ref int location, int value, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Change(ref location, value, static (seen, value) => seen + value, new Site("Add", file, member, line));

    public static long Add(ref long location, long value, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Change(ref location, value, static (seen, value) => seen + value, new Site("Add", file, member, line));

    public static ulong Add(ref ulong location, ulong value, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Change(ref location, value, static (seen, value) => seen + value, new Site("Add", file, member, line));

    public static int Increment(ref int location, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Change(ref location, 1, static (seen, value) => seen + value, new Site("Increment", file, member, line));

    public static long Increment(ref long location, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Change(ref location, 1, static (seen, value) => seen + value, new Site("Increment", file, member, line));

    public static int Decrement(ref int location, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Change(ref location, -1, static (seen, value) => seen + value, new Site("Decrement", file, member, line));

    public static long Read(ref readonly long location, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Volatile.Read(in location, file, member, line);

    public static void MemoryBarrier([CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0) =>
        Strand.Reach(new Site("MemoryBarrier", file, member, line));

    private static T Change<T>(ref T location, T value, Func<T, T, T> change, in Site site)
    {
        Strand.Reach(site);
        T seen = location;
        if (Strand.Tears(site)) Strand.Reach(site);
        T changed = change(seen, value);
        if (!Strand.Skips(site)) location = changed;
        Strand.Reach(site.Behind);
        return changed;
    }

    private static bool AreSame<T>(T one, T other) => typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(one, other) : ReferenceEquals(one, other);
}
