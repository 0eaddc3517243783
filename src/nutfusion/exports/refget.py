"""GA4GH refget accessions of the chromosomes of GRCh38.

Facts about public sequences (NCBI NC_000001.11 to NC_000024.10 and NC_012920.1), the same in
broadinstitute/gatk (tools/gvs/common, VRS identifiers) and cancervariants/gene-normalization
(tests, by NC accession); read 2026-11-26. A dossier names contigs, and VRS names sequences: this
table is all that lies between.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

GRCH38: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chr1": "SQ.Ya6Rs7DHhDeg7YaOSg1EoNi3U_nQ9SvO",
        "chr2": "SQ.pnAqCRBrTsUoBghSD1yp_jXWSmlbdh4g",
        "chr3": "SQ.Zu7h9AggXxhTaGVsy7h_EZSChSZGcmgX",
        "chr4": "SQ.HxuclGHh0XCDuF8x6yQrpHUBL7ZntAHc",
        "chr5": "SQ.aUiQCzCPZ2d0csHbMSbh2NzInhonSXwI",
        "chr6": "SQ.0iKlIQk2oZLoeOG9P1riRU6hvL5Ux8TV",
        "chr7": "SQ.F-LrLMe1SRpfUZHkQmvkVKFEGaoDeHul",
        "chr8": "SQ.209Z7zJ-mFypBEWLk4rNC6S_OxY5p7bs",
        "chr9": "SQ.KEO-4XBcm1cxeo_DIQ8_ofqGUkp4iZhI",
        "chr10": "SQ.ss8r_wB0-b9r44TQTMmVTI92884QvBiB",
        "chr11": "SQ.2NkFm8HK88MqeNkCgj78KidCAXgnsfV1",
        "chr12": "SQ.6wlJpONE3oNb4D69ULmEXhqyDZ4vwNfl",
        "chr13": "SQ._0wi-qoDrvram155UmcSC-zA5ZK4fpLT",
        "chr14": "SQ.eK4D2MosgK_ivBkgi6FVPg5UXs1bYESm",
        "chr15": "SQ.AsXvWL1-2i5U_buw6_niVIxD6zTbAuS6",
        "chr16": "SQ.yC_0RBj3fgBlvgyAuycbzdubtLxq-rE0",
        "chr17": "SQ.dLZ15tNO1Ur0IcGjwc3Sdi_0A6Yf4zm7",
        "chr18": "SQ.vWwFhJ5lQDMhh-czg06YtlWqu0lvFAZV",
        "chr19": "SQ.IIB53T8CNeJJdUqzn9V_JnRtQadwWCbl",
        "chr20": "SQ.-A1QmD_MatoqxvgVxBLZTONHz9-c7nQo",
        "chr21": "SQ.5ZUqxCmDDgN4xTRbaSjN8LwgZironmB8",
        "chr22": "SQ.7B7SHsmchAR0dFcDCuSFjJAo7tX87krQ",
        "chrX": "SQ.w0WZEvgJF0zf_P4yyTzjjv9oW1z61HHP",
        "chrY": "SQ.8_liLu1aycC0tPQPFmUaGXJLDs5SbPZ5",
        "chrM": "SQ.k3grVkjY-hoWcCUojHw6VU6GE3MZ8Sct",
    }
)
"""By ``chr`` spelling."""
