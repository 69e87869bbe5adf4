using System.Runtime.CompilerServices;
using RouterGen.Interleavings.Tests;

namespace System.Threading;

/// <summary>The framework's event, for strands.</summary>
internal sealed class ManualResetEventSlim
{
    public bool IsSet { get; private set; }

    public void Set([CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
    {
        var site = new Site("Set", file, member, line);
        Strand.Reach(site);
        if (!Strand.Skips(site)) IsSet = true;
        Strand.Reach(site.Behind);
    }

    public void Wait([CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
    {
        var site = new Site("Wait", file, member, line);
        Strand.Reach(site);
        Strand.Wait(site, () => IsSet);
    }
}
