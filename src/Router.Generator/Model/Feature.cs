namespace RouterGen.Generator.Model;

/// <summary>What a request may demand of a model, by the names and values of the runtime's <c>RouterGen.Feature</c>.</summary>
[Flags]
internal enum Feature
{
    None = 0,
    Tools = 1 << 0,
    JsonSchema = 1 << 1,
    Vision = 1 << 2,
    Audio = 1 << 3,
    Documents = 1 << 4,
}
