using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the quirks of a model that is asked in Gemini's dialect, and says where its requests go.</summary>
[Embedded]
internal static class GeminiModel
{
    private const string Models = "models/";

    // Names of models of other collections state the collection.
    private const string TunedModels = "tunedModels/";

    /// <summary>Returns whether the model has all of the quirks.</summary>
    public static bool Has(this ModelProfile model, GeminiQuirks quirks) => ((GeminiQuirks)model.Quirks & quirks) == quirks;

    /// <summary>Returns the path of a method of the model, such as <c>/models/gemini-3.8-flash:generateContent</c>.</summary>
    /// <param name="model">The model: its name alone, or behind <c>models/</c> or <c>tunedModels/</c>.</param>
    /// <param name="method">The method; it may have a query.</param>
    public static string PathOf(ModelProfile model, string method)
    {
        string name = model.Model;
        string collection = name.StartsWith(TunedModels, StringComparison.Ordinal) ? TunedModels : Models;
        if (name.StartsWith(collection, StringComparison.Ordinal)) name = name[collection.Length..];
        return $"/{collection}{Uri.EscapeDataString(name)}:{method}";
    }
}
