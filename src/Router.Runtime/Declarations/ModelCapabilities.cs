// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>
/// What a model can do besides reading and writing text. A request that needs one of these goes to a deployment that has it,
/// and is refused where none has.
/// </summary>
[Flags]
public enum ModelCapabilities
{
    /// <summary>Nothing but text.</summary>
    None = 0,

    /// <summary>Tools of the caller that the model may call.</summary>
    Tools = 1 << 0,

    /// <summary>Answers by a JSON schema.</summary>
    JsonSchema = 1 << 1,

    /// <summary>Images in messages.</summary>
    Vision = 1 << 2,

    /// <summary>Audio in messages.</summary>
    Audio = 1 << 3,

    /// <summary>Files and PDF documents in messages.</summary>
    Documents = 1 << 4,

    /// <summary>A web search that the provider runs (<c>HostedWebSearchTool</c>).</summary>
    WebSearch = 1 << 5,

    /// <summary>Code that the provider runs (<c>HostedCodeInterpreterTool</c>).</summary>
    CodeInterpreter = 1 << 6,

    /// <summary>Remote MCP servers that the provider calls (<c>HostedMcpServerTool</c>).</summary>
    McpServers = 1 << 7,
}
