namespace RouterGen;

/// <summary>Why an answer of a model is not a structured answer.</summary>
public enum AnswerError
{
    /// <summary>The answer holds no JSON object.</summary>
    NoJson,

    /// <summary>The answer is not valid JSON.</summary>
    InvalidJson,

    /// <summary>The answer is JSON, and does not fit the schema.</summary>
    Mismatch,

    /// <summary>The answer ended at the output limit. It is not repaired, because a second answer would end there too.</summary>
    Truncated,

    /// <summary>The model refused to answer. It is not repaired.</summary>
    Refused,

    /// <summary>The model called a tool of the caller in place of an answer. It is not repaired.</summary>
    ToolCalled,
}
