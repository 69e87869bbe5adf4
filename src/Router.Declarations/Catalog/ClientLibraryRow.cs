namespace RouterGen.Declarations.Catalog;

/// <summary>A library whose exceptions a deployment's client may throw: what reads them is delivered where the project can use the library.</summary>
/// <param name="Assembly">The assembly with the exception.</param>
/// <param name="Exception">The exception, by its full name.</param>
/// <param name="Reader">What reads it, in the namespace of the codecs.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it.</param>
internal sealed record ClientLibraryRow(string Assembly, string Exception, string Reader, params string[] Folders)
{
    /// <summary>All libraries. One that another builds on comes after it.</summary>
    public static readonly ClientLibraryRow[] All =
    [
        new("Anthropic", "Anthropic.Exceptions.AnthropicApiException", "AnthropicExceptions.Read", "Shared/Failures", "Shared/Json", "Anthropic", "Clients/Anthropic"),
        new("Azure.Core", "Azure.RequestFailedException", "AzureExceptions.Read", "Shared/Failures", "Shared/Json", "OpenAI", "Clients", "Clients/Azure"),
        new("OllamaSharp", "OllamaSharp.Models.Exceptions.OllamaException", "OllamaExceptions.Read", "Clients/Ollama"),
        new("System.ClientModel", "System.ClientModel.ClientResultException", "ClientModelExceptions.Read", "Shared/Failures", "Shared/Json", "OpenAI", "Clients", "Clients/ClientModel"),
    ];

    /// <summary>Returns the row of an assembly; null where there is none.</summary>
    public static ClientLibraryRow? Find(string assembly) => Array.Find(All, row => row.Assembly == assembly);
}
