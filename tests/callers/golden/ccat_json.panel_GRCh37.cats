{
  "metaData": {
    "schemaVersion": "1.3.0",
    "referenceGenome": {
      "name": "hg19",
      "grcRelease": "GRCh37"
    }
  },
  "testInfo": {
    "testType": "tumor-only",
    "panelName": "P"
  },
  "sequencingSamples": [
    {
      "itemId": "s1",
      "tumorOrNormal": "tumor",
      "nucleicAcid": "DNA"
    }
  ],
  "variants": {
    "rearrangements": [
      {
        "itemId": "v1",
        "breakends": [
          {
            "chromosome": "15",
            "startPosition": 34639201,
            "endPosition": 34639201,
            "matePieceLocation": "upstream",
            "transcripts": [
              {
                "geneSymbol": "NUTM1",
                "transcriptId": "NM_001284292.2",
                "transcriptDatabaseName": "RefSeq"
              }
            ]
          },
          {
            "chromosome": "19",
            "startPosition": 15359700,
            "endPosition": 15359900,
            "matePieceLocation": "upstream",
            "transcripts": [
              {
                "geneSymbol": "BRD4"
              }
            ]
          }
        ],
        "rearrangementType": "gene fusion",
        "orderedGenePairs": [
          [
            "BRD4",
            "NUTM1"
          ]
        ],
        "supportingReadCount": 21,
        "sampleItemId": "s1",
        "variantOrigin": "somatic",
        "reported": true
      }
    ]
  }
}
