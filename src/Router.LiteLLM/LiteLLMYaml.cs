using System.Text.Json;
using RouterGen.LiteLLM.Yaml;

namespace RouterGen;

/// <summary>
/// The <c>config.yaml</c> of LiteLLM's proxy, with the files that it includes: its <c>model_list</c>, <c>router_settings</c> and <c>litellm_settings</c> declare model
/// groups as the same members of a models.json do, and what is wrong is told at the line of the YAML.
/// </summary>
public sealed class LiteLLMYaml : IModelsFormat
{
    private const string VariablePrefix = "os.environ/";

    private LiteLLMYaml()
    {
    }

    /// <summary>Gets the format.</summary>
    public static LiteLLMYaml Format { get; } = new();

    /// <inheritdoc/>
    public ModelsText Read(string path)
    {
        YamlJson json = JsonOf(path);
        return new ModelsText(path, json.Text, offset => PlaceOf(json.MarkAt(offset)));
    }

    /// <summary>Returns the key that the proxy's clients need (<c>general_settings.master_key</c>); null where none is stated.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variables">Reads the variable that <c>os.environ/NAME</c> names; those of the process unless stated.</param>
    /// <exception cref="ModelsFileException">The file cannot be read as YAML, or names a variable that is not set: without it all could ask.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string? MasterKeyOf(string path, Func<string, string?>? variables = null)
    {
        YamlJson json = JsonOf(path);
        var root = JsonElement.Parse(json.Text);
        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("general_settings", out JsonElement general) || general.ValueKind is not JsonValueKind.Object) return null;
        if (!general.TryGetProperty("master_key", out JsonElement stated) || stated.ValueKind is JsonValueKind.Null) return null;
        string? key = stated.ValueKind is JsonValueKind.String ? stated.GetString() : null;
        if (key?.StartsWith(VariablePrefix, StringComparison.Ordinal) is true) key = (variables ?? Environment.GetEnvironmentVariable)(key[VariablePrefix.Length..]);
        if (!string.IsNullOrWhiteSpace(key)) return key;
        YamlMark mark = json.MarkAt(json.Text.IndexOf("\"master_key\"", StringComparison.Ordinal));
        throw ErrorAt(mark, "RG0204", "'master_key' is empty, or names a variable that is not set: with it the gateway would be open to all. Set the variable, or remove the member.");
    }

    private static YamlJson JsonOf(string path)
    {
        try
        {
            return YamlJson.Write(YamlIncludes.Read(Path.GetFullPath(path), full => full == Path.GetFullPath(path) ? path : full, []));
        }
        catch (YamlFault fault)
        {
            throw ErrorAt(fault.Mark, "RG0201", fault.Message);
        }
    }

    private static ModelsFileException ErrorAt(YamlMark mark, string id, string message) => new([new(id, true, mark.File, mark.Line, mark.Column, message)]);

    private static ModelsFilePlace PlaceOf(YamlMark mark) => new(mark.File, mark.Line, mark.Column);
}
