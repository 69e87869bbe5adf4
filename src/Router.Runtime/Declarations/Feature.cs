// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>What a request may demand of a model (<c>DeploymentAttribute.Supports</c>).</summary>
[Flags]
public enum Feature
{
    /// <summary>Nothing but text.</summary>
    None = 0,

    /// <summary>Tools that the model may call.</summary>
    Tools = 1 << 0,

    /// <summary>Answers by a JSON schema.</summary>
    JsonSchema = 1 << 1,

    /// <summary>Images in messages.</summary>
    Vision = 1 << 2,

    /// <summary>Audio in messages.</summary>
    Audio = 1 << 3,

    /// <summary>Files and PDF documents in messages.</summary>
    Documents = 1 << 4,
}
