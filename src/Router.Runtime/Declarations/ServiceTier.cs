// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>How urgently a provider serves a request, which changes its price.</summary>
public enum ServiceTier
{
    /// <summary>As requests are served that ask for nothing else.</summary>
    Standard,

    /// <summary>When there is room, for less.</summary>
    Flex,

    /// <summary>Within a day, for less.</summary>
    Batch,

    /// <summary>Before others, for more.</summary>
    Priority,
}
