using System.ComponentModel;

// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen.Infrastructure;
#endif

/// <summary>The reasoning efforts that a model takes, from the least to the most.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ModelEfforts
{
    /// <summary>The model takes no effort.</summary>
    NotTaken = 0,

    /// <summary><c>none</c>: no reasoning.</summary>
    None = 1 << 0,

    /// <summary><c>minimal</c>.</summary>
    Minimal = 1 << 1,

    /// <summary><c>low</c>.</summary>
    Low = 1 << 2,

    /// <summary><c>medium</c>.</summary>
    Medium = 1 << 3,

    /// <summary><c>high</c>.</summary>
    High = 1 << 4,

    /// <summary><c>xhigh</c>.</summary>
    ExtraHigh = 1 << 5,

    /// <summary><c>max</c>.</summary>
    Max = 1 << 6,
}
