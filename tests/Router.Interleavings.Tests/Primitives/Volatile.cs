using System.Runtime.CompilerServices;
using RouterGen.Interleavings.Tests;

namespace System.Threading;

/// <summary>
/// The operations of the framework's class, as points at which another strand may go on. The keyword <c>volatile</c> is no
/// such point by itself; since there is one on both sides of each operation, an access between two operations still can be
/// parted from either.
/// </summary>
internal static class Volatile
{
    public static T Read<T>(ref readonly T location, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
    {
        var site = new Site("Read", file, member, line);
        Strand.Reach(site);
        T value = Strand.Misreads(site) ? default! : location;
        Strand.Reach(site.Behind);
        return value;
    }

    public static void Write<T>(ref T location, T value, [CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
    {
        var site = new Site("Write", file, member, line);
        Strand.Reach(site);
        if (!Strand.Skips(site)) location = value;
        Strand.Reach(site.Behind);
    }
}
