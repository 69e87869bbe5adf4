using System.Runtime.CompilerServices;
using RouterGen.Interleavings.Tests;

namespace System.Threading;

/// <summary>The framework's lock, held by strands. The compiler takes it for the framework's, by its name, in <c>lock</c> statements.</summary>
internal sealed class Lock([CallerFilePath] string file = "", [CallerMemberName] string member = "", [CallerLineNumber] int line = 0)
{
    private readonly Site _site = new("Lock", file, member, line);
    private readonly List<object> _holders = []; // more than one only where it is faulty, or entered again

    public bool IsHeldByCurrentThread => _holders.Contains(Me);

    private static object Me => Strand.Current ?? (object)Thread.CurrentThread;

    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    public void Enter()
    {
        Strand.Reach(_site);
        object me = Me;
        if (!Strand.Skips(_site)) Strand.Wait(_site, () => _holders.Count == 0 || _holders.Contains(me));
        _holders.Add(me);
    }

    public void Exit()
    {
        _holders.Remove(Me);
        Strand.Reach(_site.Behind);
    }

    public readonly ref struct Scope(Lock held)
    {
        public void Dispose() => held.Exit();
    }
}
